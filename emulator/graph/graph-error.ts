import { fbTraceId } from "../ids";

export interface GraphErrorDetails {
  subcode?: number;
  status?: number;
  type?: string;
  transient?: boolean;
  userTitle?: string;
  userMessage?: string;
}

/** A refusal in Graph's envelope. */
export class GraphError extends Error {
  readonly status: number;

  constructor(
    readonly code: number,
    message: string,
    readonly details: GraphErrorDetails = {},
  ) {
    super(message);
    this.status = details.status ?? 400;
  }

  body(): { error: Record<string, unknown> } {
    const { subcode, type, transient, userTitle, userMessage } = this.details;
    return {
      error: {
        message: this.message,
        type: type ?? "OAuthException",
        code: this.code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(transient === undefined ? {} : { is_transient: transient }),
        ...(userTitle === undefined ? {} : { error_user_title: userTitle }),
        ...(userMessage === undefined ? {} : { error_user_msg: userMessage }),
        fbtrace_id: fbTraceId(),
      },
    };
  }
}

export function noSuchObject(id: string, method = "get"): GraphError {
  return new GraphError(
    100,
    `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    { subcode: 33, type: "GraphMethodException" },
  );
}

export function unknownPath(path: string): GraphError {
  return new GraphError(2500, `Unknown path components: ${path}`);
}

export function missingParameter(name: string): GraphError {
  return new GraphError(100, `(#100) The parameter ${name} is required.`);
}

export function missingPermission(scope: string): GraphError {
  return new GraphError(200, `(#200) Requires ${scope} permission to manage the object`);
}

export function missingTask(task: string): GraphError {
  return new GraphError(200, `(#200) The user must have the ${task} task on this Page to perform the requested action`);
}

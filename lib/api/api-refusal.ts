export const API_ERROR_CODES = [
  "bad_request",
  "unauthorized",
  "forbidden",
  "not_found",
  "app_not_found",
  "conversation_not_found",
  "user_not_found",
  "integration_not_found",
  "client_not_found",
  "device_not_found",
  "switchboard_not_found",
  "switchboard_integration_not_found",
  "too_many_switchboard_integrations",
  "method_not_allowed",
  "conflict",
  "payload_too_large",
  "unsupported_media_type",
  "locked",
  "too_many_requests",
  "internal_error",
  "service_unavailable",
] as const;

export type ApiErrorCode = (typeof API_ERROR_CODES)[number];

export type ApiErrorEntry = { code: ApiErrorCode; title: string };

/** A refusal of the public API: its status and one or more `{code, title}`, as they stand in the body. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly errors: ApiErrorEntry[];
  /** With a 405: the methods that the path has. */
  readonly allow: string | null;

  constructor(status: number, errors: ApiErrorEntry[], allow: string | null = null) {
    super(errors[0]?.title ?? "refused");
    this.name = "ApiRefusal";
    this.status = status;
    this.errors = errors;
    this.allow = allow;
  }
}

export function refuse(status: number, code: ApiErrorCode, title: string): ApiRefusal {
  return new ApiRefusal(status, [{ code, title }]);
}

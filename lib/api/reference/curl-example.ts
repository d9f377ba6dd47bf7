import type { Operation } from "../openapi-types";

const WIDTH = 76;

/** The example of an operation as one types it into a shell in which DESK, KEY, SECRET and the ids of the path are set. */
export function curlExample(method: string, path: string, operation: Operation): string {
  const query = queryOf(operation);
  const sent = operation.requestBody?.content["application/json"];
  const file = operation.requestBody?.content["multipart/form-data"];
  const asked = method === "get" || (method === "post" && (sent || file)) ? "" : `-X ${method.toUpperCase()} `;
  const start = `curl ${query.includes("[") ? "-g " : ""}${asked}-u "$KEY:$SECRET"`;
  const address = `"$DESK${variablePath(path)}${query && `?${query}`}"`;
  const lines = `${start} ${address}`.length <= WIDTH ? [`${start} ${address}`] : [start, address];
  if (file) lines.push("-F source=@bowl.png");
  if (sent) lines.push("-H 'content-type: application/json'", `-d '${quoted(json(sent.example))}'`);
  return lines.join(" \\\n  ");
}

/** In one line where that is short enough. */
export function json(value: unknown): string {
  const line = JSON.stringify(value);
  return line.length <= WIDTH ? line : JSON.stringify(value, null, 2);
}

/** `{conversationId}` is the shell's `$CONVERSATION`; KEY and USER mean something else there. */
function variablePath(path: string): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => `$${VARIABLES[name] ?? upperSnake(name.replace(/Id$/, ""))}`);
}

const VARIABLES: Record<string, string> = { userIdOrExternalId: "CUSTOMER", keyId: "KEY_ID" };

function upperSnake(name: string): string {
  return name.replace(/([A-Z])/g, "_$1").toUpperCase();
}

function queryOf({ parameters }: Operation): string {
  return parameters
    .filter((one) => one.in === "query" && one.example !== undefined)
    .flatMap(({ name, example }) =>
      typeof example === "object" && example !== null
        ? Object.entries(example).map(([inner, said]) => `${name}[${inner}]=${said}`)
        : [`${name}=${example}`],
    )
    .join("&");
}

function quoted(text: string): string {
  return text.replaceAll("'", `'\\''`);
}

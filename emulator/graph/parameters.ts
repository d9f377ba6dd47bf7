import { type Call, isObject } from "../http";
import { GraphError } from "./graph-error";
import { parseMultipart } from "./multipart";

/** Query and body parameters together; the body wins. */
export function parameters(call: Call): Record<string, unknown> {
  const params: Record<string, unknown> = Object.fromEntries(call.url.searchParams);
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(call.req.headers.authorization ?? "")?.[1];
  if (bearer && params.access_token === undefined) params.access_token = bearer.trim();
  const basic = /^Basic (.+)$/i.exec(call.req.headers.authorization ?? "")?.[1];
  if (basic) {
    const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(":");
    params.client_id ??= decodeURIComponent(id);
    params.client_secret ??= decodeURIComponent(secret);
  }
  if (call.body.length === 0) return params;
  const type = call.req.headers["content-type"] ?? "";
  if (type.startsWith("application/json")) return Object.assign(params, jsonBody(call.body));
  if (type.startsWith("multipart/form-data")) return Object.assign(params, parseMultipart(type, call.body));
  return Object.assign(params, Object.fromEntries(new URLSearchParams(call.body.toString("utf8"))));
}

function jsonBody(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new GraphError(100, "(#100) The request body is not valid JSON");
  }
  if (!isObject(value)) throw new GraphError(100, "(#100) The request body must be a JSON object");
  return value;
}

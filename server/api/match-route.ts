import { ApiRefusal, refuse } from "../../lib/api/api-refusal";
import type { AnsweredRoute } from "./answering";
import { API_ANSWERS } from "./api-answers";

const TABLE = API_ANSWERS.map((answered) => ({ ...answered, pattern: patternOf(answered.route.path) }));

/** The parameters are captured undecoded, so that an escaped slash stays inside its segment. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
}

/**
 * What answers a method and path, with the path's parameters decoded.
 * @param path below the mount, beginning with `/v2/`
 * @throws ApiRefusal 404 for no such path, 405 for another method, 400 for what is no percent-encoding
 */
export function matchRoute(method: string, path: string): AnsweredRoute & { params: Record<string, string> } {
  const served: string[] = [];
  for (const { route, answer, pattern } of TABLE) {
    const match = pattern.exec(path);
    if (!match) continue;
    served.push(route.method);
    if (route.method === method) return { route, answer, params: decode(match.groups ?? {}) };
  }
  if (served.length > 0) throw notAllowed(method, served.sort().join(", "));
  throw refuse(404, "not_found", "Resource not found");
}

function notAllowed(method: string, served: string): ApiRefusal {
  const title = `${method} is not served at this path; ${served} is`;
  return new ApiRefusal(405, [{ code: "method_not_allowed", title }], served);
}

function decode(groups: Record<string, string>): Record<string, string> {
  try {
    const params = Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)] as const);
    const broken = params.find(([, value]) => value.includes("\0"));
    if (broken) throw refuse(400, "bad_request", `${broken[0]}: holds U+0000`);
    return Object.fromEntries(params);
  } catch (error) {
    if (error instanceof URIError) throw refuse(400, "bad_request", "The path is not percent-encoded");
    throw error;
  }
}

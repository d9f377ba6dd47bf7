import { refuse } from "./api-refusal";

type QueryObject = Record<string, string | Record<string, string>>;

/**
 * `page[size]=5&filter[userId]=x` as an object of objects; `page={"size":5}`, as older clients write it, too.
 * @throws ApiRefusal 400 for what is neither
 */
export function readQuery(given: URLSearchParams): QueryObject {
  const query: QueryObject = {};
  for (const [name, value] of given) {
    const inner = /^(page|filter)\[([\w.]+)\]$/.exec(name);
    if (inner) put(query, String(inner[1]), String(inner[2]), value);
    else if (name === "page" || name === "filter") {
      for (const [key, said] of Object.entries(readJson(name, value))) put(query, name, key, said);
    } else query[name] = value;
  }
  return query;
}

function put(query: QueryObject, name: string, key: string, value: string): void {
  const known = query[name];
  query[name] = { ...(typeof known === "object" ? known : {}), [key]: value };
}

function readJson(name: string, value: string): Record<string, string> {
  try {
    const said: unknown = JSON.parse(value);
    if (typeof said === "object" && said !== null && !Array.isArray(said)) {
      const inners = Object.entries(said);
      if (inners.every(([, inner]) => typeof inner !== "object" || inner === null))
        return Object.fromEntries(inners.map(([key, inner]) => [key, String(inner)]));
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refuse(400, "bad_request", `Invalid ${name} query parameters`);
}

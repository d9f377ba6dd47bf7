import type { z } from "zod";
import type { ApiErrorCode } from "./api-refusal";

export type ApiScope = "account" | "app" | "integration";

/** One operation of the public API, as the door validates it and as `openapi.json` describes it. */
export type ApiRoute<
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> = {
  /** The operation's name in the specification, e.g. `PostMessage`. */
  operation: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the base path, with its parameters in braces: `/v2/apps/{appId}/conversations/{conversationId}`. */
  path: string;
  /** Whose keys may call it. */
  scopes: readonly ApiScope[];
  summary: string;
  /** What the query string says, once `page[size]=5` and `filter[x]=y` are objects. */
  query?: Query;
  /** Absent: the operation takes no body, and ignores one. */
  body?: Body;
  /** It may be left out: then it is read as `{}`. */
  bodyOptional?: true;
  /** It takes a file instead, as `multipart/form-data` in the part `source`. */
  takesFile?: true;
  /** A repeat under the same `Idempotency-Key` is answered and not done again. */
  idempotent?: true;
  status: 200 | 201;
  response: Response;
  example: ApiExample<Body, Response>;
};

/** One call as the reference shows it; a test holds it against the schemas. */
export type ApiExample<Body extends z.ZodType, Response extends z.ZodType> = {
  /** As it stands behind the `?`, before it is percent-encoded: `filter[userId]=…`. */
  query?: string;
  body?: z.input<Body>;
} & ({ response: z.input<Response> } | { refusal: { status: number; code: ApiErrorCode; title: string } });

/** Keeps the types of the schemas. */
export function apiRoute<Query extends z.ZodType, Body extends z.ZodType, Response extends z.ZodType>(
  route: ApiRoute<Query, Body, Response>,
): ApiRoute<Query, Body, Response> {
  return route;
}

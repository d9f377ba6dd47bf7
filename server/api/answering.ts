import type { z } from "zod";
import type { ApiRoute } from "../../lib/api/api-route";
import type { FilePart } from "../../lib/api/multipart";
import type { ApiKey } from "../../lib/auth/read-api-key";
import type { Keyring } from "../../lib/crypto";
import type { Database } from "../../lib/db/connection";
import type { Ctx, Program } from "../../lib/inbox/context";

/** One request of the public API, once its key, workspace, query and body are known to be good. */
export type ApiCall<Query = unknown, Body = unknown> = {
  /** Acts inside the workspace that the path names; account keys may come without one. */
  ctx: Ctx & { db: Database; actor: Program };
  key: ApiKey;
  keyring: Keyring;
  /** The parameters of the path, decoded. */
  params: Record<string, string>;
  query: Query;
  body: Body;
  /** What a route that takes a file was sent. */
  file: FilePart | null;
  /** Where this API is mounted, with which links begin: `https://desk.example/v2/…` less the path. */
  base: string;
  /** The client's own name of the request, by which a repeat is known. */
  idempotencyKey: string | null;
  /** The desk's own address, without a slash at its end. */
  appUrl: string;
};

export type AnsweredRoute = { route: ApiRoute; answer: (call: ApiCall) => Promise<unknown> };

/** Joins a route with what answers it; the answer has the shape that the route promises. */
export function answering<Query extends z.ZodType, Body extends z.ZodType, Response extends z.ZodType>(
  route: ApiRoute<Query, Body, Response>,
  answer: (call: ApiCall<z.output<Query>, z.output<Body>>) => Promise<z.input<Response>>,
): AnsweredRoute {
  return { route, answer: (call) => answer(call as ApiCall<z.output<Query>, z.output<Body>>) };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool } from "pg";
import { databaseOf } from "../../lib/db/connection";
import type { Ctx } from "../../lib/inbox/context";
import { log } from "../../lib/log";
import { deauthorize } from "../../lib/meta/deauthorize";
import { deletePerson } from "../../lib/meta/delete-person";
import { openSignedRequest, type SignedRequest } from "../../lib/meta/signed-request";
import { signingApps } from "../../lib/meta/signing-apps";
import { now } from "../../lib/time";
import { readBody } from "./read-body";

/** A signed request is a few hundred characters. */
const BODY_LIMIT_BYTES = 16 * 1024;

type Answer = { status: number; json: object };

const REFUSALS = {
  malformed: { status: 400, message: "There is no signed_request here that can be read." },
  forged: { status: 401, message: "The signature does not belong to this request and this app." },
  stale: { status: 410, message: "This request is too old, or its clock is wrong." },
  replayed: { status: 409, message: "This request was carried out before." },
} as const;

/**
 * `POST /facebook/deauthorize` and `POST /facebook/data-deletion`: what Facebook tells of a person, vouched for by a
 * `signed_request` in a form. A refusal changes nothing and is logged without saying who it was about.
 */
export function createFacebookDoor(options: { pool: Pool; appUrl: string }) {
  const db = databaseOf(options.pool);
  const ctx: Ctx = { db, actor: { type: "system" } };

  const CALLBACKS: Record<string, (request: SignedRequest) => Promise<object | null>> = {
    "/facebook/deauthorize": async (request) => (await deauthorize(ctx, request)) && { success: true },
    "/facebook/data-deletion": async (request) => {
      const receipt = await deletePerson(ctx, request);
      return (
        receipt && {
          url: `${options.appUrl}/facebook/data-deletion/${receipt.code}`,
          confirmation_code: receipt.code,
        }
      );
    },
  };

  async function answer(request: IncomingMessage, path: string): Promise<Answer> {
    const carryOut = CALLBACKS[path];
    if (!carryOut) return refuse(404, "There is nothing at this address.");
    if (request.method !== "POST") return refuse(405, "Facebook posts to this address; there is nothing to see here.");
    if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? ""))
      return refuse(415, "A signed_request comes in a form.");
    const body = await readBody(request, BODY_LIMIT_BYTES);
    if (body === "too_large") return refuse(413, "A signed_request is much shorter.");
    if (body === "aborted") return refuse(400, "The request broke off.");
    const given = new URLSearchParams(body.toString("utf8")).getAll("signed_request");
    const opened =
      given.length === 1
        ? openSignedRequest(given[0] ?? "", await signingApps(ctx), now())
        : { problem: "malformed" as const };
    const done = "problem" in opened ? null : await carryOut(opened);
    if (done) return { status: 200, json: done };
    const { status, message } = REFUSALS["problem" in opened ? opened.problem : "replayed"];
    return refuse(status, message);
  }

  return async function facebookDoor(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { status, json } = await answer(request, url.pathname);
    if (response.destroyed) return;
    if (status === 200) log.info({ path: url.pathname }, "a request of Facebook was carried out");
    else log.warn({ path: url.pathname, status }, "a request in Facebook's name was refused");
    const text = JSON.stringify(json);
    response.writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      "cache-control": "no-store",
    });
    response.end(text);
  };
}

function refuse(status: number, message: string): Answer {
  return { status, json: { error: { message } } };
}

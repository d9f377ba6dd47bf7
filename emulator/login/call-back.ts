import type { CallbackEntry } from "../control/callback-log";
import type { Emulator } from "../emulator";
import { isObject } from "../http";
import { callApp } from "../webhooks/post";
import { signedRequest } from "../webhooks/wire";
import type { App } from "../world/types";

const TIMEOUT_MS = 5000;

/** POSTs the `signed_request` that names the person to one of the app's callbacks, and writes the answer down. */
export async function callBack(
  emulator: Emulator,
  app: App,
  kind: CallbackEntry["kind"],
  url: string,
  personId: string,
): Promise<CallbackEntry> {
  const signed = signedRequest(app.secret, callbackPayload(emulator, personId));
  const body = new URLSearchParams({ signed_request: signed }).toString();
  const at = emulator.now();
  const result = await callApp("POST", url, { "content-type": "application/x-www-form-urlencoded" }, body, TIMEOUT_MS);
  const answer = kind === "data_deletion" && result.status === 200 ? readReceipt(result.body) : { receipt: null };
  const problem =
    result.status === null
      ? `The callback could not be reached: ${result.error}.`
      : result.status !== 200
        ? `The callback answered ${result.status}.`
        : (answer.problem ?? null);
  if (problem) emulator.options.log(`callback ${url}: ${problem}`);
  const { status, error } = result;
  const head = { at, appId: app.id, kind, personId, url, signedRequest: signed };
  return emulator.callbacks.add({ ...head, status, error, body: result.body, receipt: answer.receipt, problem });
}

/** What Facebook signs: who it is about, and when it was said. */
export function callbackPayload(emulator: Emulator, personId: string): Record<string, unknown> {
  return {
    user_id: personId,
    algorithm: "HMAC-SHA256",
    issued_at: Math.floor(emulator.now() / 1000),
    expires: 0,
  };
}

/** A deletion request has to be answered with an address and an alphanumeric code. */
function readReceipt(body: string): { receipt: CallbackEntry["receipt"]; problem?: string } {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return { receipt: null, problem: "The callback did not answer with JSON." };
  }
  const { url, confirmation_code: code } = isObject(answer) ? answer : {};
  if (typeof url !== "string" || !URL.canParse(url))
    return { receipt: null, problem: `The answer has no address in "url".` };
  if (typeof code !== "string" || !/^[A-Za-z0-9]+$/.test(code))
    return { receipt: null, problem: `The answer has no alphanumeric "confirmation_code".` };
  return { receipt: { url, confirmationCode: code } };
}

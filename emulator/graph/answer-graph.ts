import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "../control/faults";
import type { Emulator } from "../emulator";
import { type Call, isObject, sendHtml, sendJson } from "../http";
import { metaJson } from "../webhooks/wire";
import { readAccess } from "./access";
import { GraphCall } from "./graph-call";
import { GraphError } from "./graph-error";
import { parameters } from "./parameters";
import { type Outcome, route } from "./router";
import { isSenderAction } from "./sender-action";
import { usageHeaders } from "./usage-headers";

const VERSION = "v26.0";
const ECHO_AFTER_MS = 15;
const SECRET_PARAMETERS = [
  "access_token",
  "appsecret_proof",
  "client_secret",
  "code",
  "fb_exchange_token",
  "input_token",
  "verify_token",
];

/** `/graph/…`: answers one Graph call, with the fault that waits for it, and writes it down. */
export async function answerGraph(emulator: Emulator, http: Call): Promise<void> {
  const started = performance.now();
  const at = emulator.now();
  const segments = http.path.split("/").filter(Boolean).map(decodeSegment);
  const version = /^v\d+\.\d+$/.test(segments[0] ?? "") ? (segments.shift() ?? VERSION) : VERSION;
  let call = new GraphCall(emulator, http, version, segments, {});
  let status: number | null = null;
  let refused: GraphError | null = null;
  try {
    call = new GraphCall(emulator, http, version, segments, parameters(http));
    readAccess(call);
    const fault = takeFault(emulator, call);
    if (fault?.kind === "error" && !fault.accept) throw faultError(fault);
    if (fault && !fault.accept) {
      if (fault.kind !== "delay") status = await commit(emulator, call, fault);
      else await wait(fault.ms);
    }
    if (status === null) status = await finish(emulator, call, await route(call), fault?.accept ? fault : null);
  } catch (error) {
    refused = asGraphError(emulator, error);
    status = answerError(call, refused);
  }
  emulator.requests.add({
    at,
    method: http.method,
    path: call.path,
    query: Object.fromEntries([...http.url.searchParams].filter(([name]) => !SECRET_PARAMETERS.includes(name))),
    status,
    code: refused?.code ?? null,
    subcode: refused?.details.subcode ?? null,
    proof: call.proof,
    tokenKind: call.access?.kind ?? null,
    ms: Math.round((performance.now() - started) * 10) / 10,
  });
}

function takeFault(emulator: Emulator, call: GraphCall): Fault | null {
  const toSomebody = call.method === "POST" && call.segments[1] === "messages";
  const recipient = toSomebody ? call.value("recipient") : null;
  const id = isObject(recipient) && typeof recipient.id === "string" ? recipient.id : null;
  const fault = emulator.faults.take({
    method: call.method,
    path: call.path,
    isSend: toSomebody && !isSenderAction(call),
    recipient: id,
    igId: accountOf(emulator, call),
  });
  call.regainMinutes = fault?.regainMinutes ?? 0;
  return fault;
}

/** The account whose Page token makes the call. */
function accountOf(emulator: Emulator, call: GraphCall): string | null {
  return emulator.index.pages.get(call.access?.token?.pageId ?? "")?.igId ?? null;
}

/** Sends the answer of a call that took effect, its echo at the time the switch names. Returns the status, 0 for none. */
async function finish(emulator: Emulator, call: GraphCall, outcome: Outcome, fault: Fault | null): Promise<number> {
  const { echo, echoDelayMs } = emulator.switches;
  const accepted = "accepted" in outcome ? outcome.accepted : null;
  if (accepted && echo === "before") await accepted.echo();
  if (fault?.kind === "delay") await wait(fault.ms);
  const status = fault && fault.kind !== "delay" ? await commit(emulator, call, fault) : answerValue(call, outcome);
  if (accepted && echo === "normal") setTimeout(() => void accepted.echo(), ECHO_AFTER_MS);
  if (accepted && echo === "delayed") setTimeout(() => void accepted.echo(), echoDelayMs).unref();
  return status;
}

function answerValue(call: GraphCall, outcome: Outcome): number {
  sendJson(call.http.res, 200, "value" in outcome ? outcome.value : outcome.accepted.answer, usageHeaders(call));
  return 200;
}

/** Lets a fault happen instead of an answer. */
async function commit(emulator: Emulator, call: GraphCall, fault: Fault): Promise<number> {
  const { res } = call.http;
  if (fault.kind === "close") res.destroy();
  else if (fault.kind === "hang") emulator.faults.hang(res, accountOf(emulator, call));
  else if (fault.kind === "html") {
    sendHtml(
      res,
      fault.status,
      `<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>`,
    );
    return fault.status;
  } else if (fault.kind === "ignore") {
    sendJson(res, 200, { success: true }, usageHeaders(call));
    return 200;
  } else return answerError(call, faultError(fault));
  return 0;
}

function faultError(fault: Fault): GraphError {
  return new GraphError(fault.code, fault.message, {
    subcode: fault.subcode ?? undefined,
    status: fault.status,
    transient: fault.transient ?? undefined,
  });
}

function answerError(call: GraphCall, error: GraphError): number {
  const { res } = call.http;
  if (res.headersSent || res.destroyed) return 0;
  const headers = usageHeaders(call);
  if (error.code === 190)
    headers["www-authenticate"] = `OAuth "Facebook Platform" "invalid_token" ${metaJson(error.message)}`;
  sendJson(res, error.status, error.body(), headers);
  return error.status;
}

function asGraphError(emulator: Emulator, error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  emulator.options.log(`graph: ${error instanceof Error ? error.stack : String(error)}`);
  return new GraphError(1, "An unknown error occurred", { status: 500 });
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

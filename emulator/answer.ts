import type { IncomingMessage, ServerResponse } from "node:http";
import { serveMedia } from "./cdn/serve-media";
import { control } from "./control/router";
import type { Emulator } from "./emulator";
import { answerGraph } from "./graph/answer-graph";
import { GraphError } from "./graph/graph-error";
import { type Call, Refusal, readBody, sendJson, sendText } from "./http";
import { dialog } from "./login/dialog";
import { sdkStatus, serveSdk } from "./login/serve-sdk";
import { facebookPages } from "./pages/router";
import { play } from "./play/router";
import { servePhone } from "./serve-phone";

/** Answers one request; whatever goes wrong ends as an answer, never as a crash. */
export async function answer(emulator: Emulator, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = parseUrl(emulator, req.url ?? "/");
  if (!url) return sendText(res, 400, "Bad request");
  const [, area = ""] = url.pathname.split("/");
  try {
    const body = await readBody(req);
    const prefix = ["graph", "facebook", "sdk", "_play", "_control"].includes(area) ? `/${area}` : "";
    const call: Call = {
      req,
      res,
      method: req.method ?? "GET",
      url,
      path: url.pathname.slice(prefix.length) || "/",
      body,
    };
    if (area === "graph") await answerGraph(emulator, call);
    else if (area === "facebook") await facebook(emulator, call);
    else if (area === "sdk") serveSdk(emulator, call);
    else if (area === "cdn") await serveMedia(emulator, call);
    else if (area === "_play") await play(emulator, call);
    else if (area === "_control") await control(emulator, call);
    else await servePhone(emulator.options.phoneDir, call);
  } catch (error) {
    fail(emulator, area, res, error);
  }
}

function facebook(emulator: Emulator, call: Call) {
  if (/^(\/v\d+\.\d+)?\/dialog\/oauth\/?$/.test(call.path)) return dialog(emulator, call);
  if (call.path === "/x/oauth/status") return sdkStatus(emulator, call);
  return facebookPages(emulator, call);
}

function parseUrl(emulator: Emulator, path: string): URL | null {
  try {
    return new URL(path, emulator.publicUrl);
  } catch {
    return null;
  }
}

function fail(emulator: Emulator, area: string, res: ServerResponse, error: unknown): void {
  if (res.headersSent || res.destroyed) {
    res.destroy();
    return;
  }
  const refusal = error instanceof URIError ? new Refusal(400, "The address is malformed.") : error;
  const status = refusal instanceof Refusal ? refusal.status : 500;
  const message = refusal instanceof Refusal ? refusal.message : "The emulator failed on this; its output says why.";
  if (status === 500)
    emulator.options.log(`${area || "phone"}: ${error instanceof Error ? error.stack : String(error)}`);
  if (status === 413) res.setHeader("connection", "close");
  if (area === "graph") sendJson(res, status, (status === 413 ? tooLarge(message) : new GraphError(1, message)).body());
  else sendJson(res, status, { error: { message } });
}

function tooLarge(message: string): GraphError {
  return new GraphError(100, `(#100) ${message}`, { subcode: 2018109 });
}

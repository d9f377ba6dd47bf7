import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { useSettings } from "@/test/settings";
import { appSecretProof, callGraph } from "./graph-client";
import type { GraphErrorClass } from "./graph-error-table";
import { interpretGraphAnswer } from "./graph-errors";

const TOKEN = { value: "EAAtesttoken", appSecret: "0123456789abcdef0123456789abcdef" };

type Seen = { method: string; url: URL; headers: IncomingMessage["headers"]; body: string };

let server: Server;
let seen: Seen[] = [];
let respond: (res: ServerResponse, req: IncomingMessage) => void;

beforeAll(async () => {
  server = createServer(async (req, res) => {
    let body = "";
    try {
      for await (const chunk of req) body += chunk;
    } catch {
      return;
    }
    seen.push({ method: req.method ?? "", url: new URL(req.url ?? "", "http://graph"), headers: req.headers, body });
    respond(res, req);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  useSettings({ FACEBOOK_GRAPH_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graph` });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  seen = [];
});

const json = (status: number, value: unknown, headers: Record<string, string> = {}) => {
  respond = (res) =>
    res.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
};

const me = (timeoutMs = 5000) =>
  callGraph({ method: "GET", path: "/me", params: { fields: "id" }, token: TOKEN, timeoutMs });

test("the token travels in the header with its proof beside it, never in the address", async () => {
  json(200, { id: "1" });
  expect(await me()).toEqual({ kind: "answer", body: { id: "1" } });
  expect(seen[0]?.url.pathname).toBe("/graph/v26.0/me");
  expect(seen[0]?.headers.authorization).toBe("Bearer EAAtesttoken");
  expect(seen[0]?.url.searchParams.get("appsecret_proof")).toBe(
    "558080b299ccfabcdbfaf45bd3a4f6c06b5703c83f3c6d3023c8efc960fef88b",
  );
  expect(seen[0]?.url.search).not.toContain("EAA");
});

test("JSON and forms arrive as they were given", async () => {
  json(200, { success: true });
  await callGraph({ method: "POST", path: "/1/messages", json: { text: "Grüße" }, token: TOKEN, timeoutMs: 5000 });
  await callGraph({ method: "POST", path: "/oauth/access_token", form: { code: "a b&c" }, timeoutMs: 5000 });
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ text: "Grüße" });
  expect(new URLSearchParams(seen[1]?.body).get("code")).toBe("a b&c");
  expect(seen[1]?.headers.authorization).toBeUndefined();
  expect(seen[1]?.url.search).toBe("");
});

test("a file goes on as one part of a form whose length is known at the start", async () => {
  json(200, { attachment_id: "1" });
  async function* file() {
    yield Buffer.from("%PDF-");
    yield Buffer.from("1.7");
  }
  await callGraph({
    method: "POST",
    path: "/1/message_attachments",
    upload: {
      fields: { platform: "instagram" },
      name: "filedata",
      fileName: 'Preise "neu"\r\n.pdf',
      contentType: "application/pdf",
      length: 8,
      body: file(),
    },
    token: TOKEN,
    timeoutMs: 5000,
  });
  const [request] = seen;
  expect(Number(request?.headers["content-length"])).toBe(Buffer.byteLength(request?.body ?? ""));
  const form = await new Response(request?.body ?? "", {
    headers: { "content-type": String(request?.headers["content-type"]) },
  }).formData();
  expect(form.get("platform")).toBe("instagram");
  const part = form.get("filedata");
  expect(part).toMatchObject({ name: "Preise _neu___.pdf", type: "application/pdf", size: 8 });
});

test("a file that breaks off breaks the call off", async () => {
  async function* file() {
    yield Buffer.from("%PDF-");
    throw new Error("The browser went away.");
  }
  const upload = { fields: {}, name: "filedata", fileName: "a.pdf", contentType: "application/pdf", length: 8 };
  expect(
    await callGraph({
      method: "POST",
      path: "/1/x",
      upload: { ...upload, body: file() },
      token: TOKEN,
      timeoutMs: 5000,
    }),
  ).toMatchObject({ kind: "none", reason: "aborted" });
});

test("an answer says when the account has used up what Meta allows it", async () => {
  const usage = { "1784": [{ type: "messenger", call_count: 100, estimated_time_to_regain_access: 5 }] };
  json(200, { message_id: "m" }, { "x-business-use-case-usage": JSON.stringify(usage) });
  expect(await me()).toEqual({ kind: "answer", body: { message_id: "m" }, restMs: 5 * 60_000 });
});

test("connections are reused, and a repeated question reaches Graph once each", async () => {
  json(200, { id: "1" });
  for (let i = 0; i < 3; i += 1) await me();
  expect(seen).toHaveLength(3);
});

test("an error is known by its code and subcode whatever the status says", async () => {
  const error = { message: "(#10) Outside of allowed window", code: 10, error_subcode: 2534022, fbtrace_id: "Atrace" };
  json(403, { error });
  expect(await me()).toMatchObject({
    kind: "error",
    error: { code: 10, subcode: 2534022, status: 403, class: "permanent", fbtraceId: "Atrace", transient: false },
  });
  json(200, { error });
  expect(await me()).toMatchObject({ kind: "error", error: { class: "permanent" } });
});

test("tokens and secrets that Graph repeats are taken out of its words", async () => {
  json(400, {
    error: { code: 190, message: `Malformed access token ${TOKEN.value}, or EAAGabcdefghijklmnopqrstuvwx` },
  });
  const answer = JSON.stringify(await me());
  expect(answer).not.toContain("EAA");
  json(400, { error: { code: 77, message: `secret ${TOKEN.appSecret}`, error_user_msg: `secret ${TOKEN.appSecret}` } });
  expect(JSON.stringify(await me())).not.toContain(TOKEN.appSecret);
});

test("what is not Graph's JSON is no answer", async () => {
  respond = (res) => res.writeHead(502, { "content-type": "text/html" }).end("<html>Bad gateway</html>");
  expect(await me()).toMatchObject({ kind: "none", reason: "not_json", left: true });
  respond = (res) => res.writeHead(200).end();
  expect(await me()).toMatchObject({ kind: "none", reason: "not_json" });
  json(500, { problem: "no envelope" });
  expect(await me()).toMatchObject({ kind: "none", reason: "not_json" });
  json(400, { error: { code: 1, error_subcode: 1357046, message: "reply was not JSON" } });
  expect(await me()).toMatchObject({ kind: "none", reason: "uncertain" });
  json(400, { error: { code: -2, message: "timeout" } });
  expect(await me()).toMatchObject({ kind: "none", reason: "uncertain" });
});

test("a redirect is not followed", async () => {
  respond = (res) => res.writeHead(302, { location: "/elsewhere" }).end();
  expect(await me()).toMatchObject({ kind: "none", reason: "not_json" });
  expect(seen).toHaveLength(1);
});

test("silence ends at the deadline and takes the connection with it", async () => {
  const gone = new Promise<void>((resolve) => {
    respond = (_res, req) => req.socket.once("close", resolve);
  });
  expect(await me(60)).toMatchObject({ kind: "none", reason: "timeout", left: true });
  await gone;
  const goneHalfway = new Promise<void>((resolve) => {
    respond = (res, req) => {
      req.socket.once("close", resolve);
      res.writeHead(200, { "content-type": "application/json" });
      res.write('{"id":');
    };
  });
  expect(await me(60)).toMatchObject({ kind: "none", reason: "timeout" });
  await goneHalfway;
});

test("a broken connection says whether the request could have left", async () => {
  respond = (_res, req) => req.socket.destroy();
  expect(await me()).toMatchObject({ kind: "none", reason: "reset", left: true });
  expect(seen).toHaveLength(1);
  respond = (res, req) => {
    res.writeHead(200, { "content-length": "100" });
    res.write("{", () => req.socket.destroy());
  };
  expect(await me()).toMatchObject({ kind: "none", reason: "reset", left: true });
});

test("an endless answer is cut off", async () => {
  respond = (res) => {
    res.writeHead(200, { "content-type": "application/json" });
    const more = () => {
      while (!res.destroyed && res.write(Buffer.alloc(1 << 20, "a")));
    };
    res.on("drain", more);
    more();
  };
  expect(await me()).toMatchObject({ kind: "none", reason: "too_large" });
});

test("a caller can break off", async () => {
  const controller = new AbortController();
  respond = () => controller.abort();
  expect(await callGraph({ method: "GET", path: "/me", timeoutMs: 5000, signal: controller.signal })).toMatchObject({
    kind: "none",
    reason: "aborted",
    left: true,
  });
  expect(await callGraph({ method: "GET", path: "/me", timeoutMs: 5000, signal: controller.signal })).toMatchObject({
    kind: "none",
    reason: "aborted",
    left: false,
  });
});

test("waiting lasts as long as Meta says, else as the code's own time", () => {
  const read = (headers: Record<string, string>, code = 80006) => {
    const answer = interpretGraphAnswer({
      status: 400,
      headers,
      body: JSON.stringify({ error: { code, message: "" } }),
      redact: (text) => text,
    });
    return answer.kind === "error" ? answer.error.waitMs : undefined;
  };
  const usage = { "1784": [{ type: "messenger", estimated_time_to_regain_access: 7 }, { type: "instagram" }] };
  expect(read({ "x-business-use-case-usage": JSON.stringify(usage) })).toBe(7 * 60_000);
  expect(read({ "retry-after": "90" })).toBe(90_000);
  expect(read({ "retry-after": "soon", "x-business-use-case-usage": "{" })).toBeGreaterThan(0);
  expect(read({}, 368)).toBeGreaterThan(60 * 60_000);
  expect(read({ "retry-after": "90" }, 190)).toBeUndefined();
});

test.each<[code: number, subcode: number | undefined, expected: GraphErrorClass]>([
  [1, undefined, "retry"],
  [2, 2018344, "retry"],
  [4, undefined, "wait"],
  [10, undefined, "ask"],
  [10, 2018278, "permanent"],
  [10, 1893063, "wait"],
  [25, 2207050, "ask"],
  [100, undefined, "permanent"],
  [100, 33, "ask"],
  [100, 2534013, "ask"],
  [100, 2534014, "permanent"],
  [102, undefined, "reconnect"],
  [190, 458, "reconnect"],
  [190, 464, "ask"],
  [190, 999, "reconnect"],
  [200, 2534041, "ask"],
  [200, 2534050, "ask"],
  [200, 1545041, "permanent"],
  [299, undefined, "ask"],
  [368, undefined, "wait"],
  [551, 1545041, "permanent"],
  [613, 2534040, "wait"],
  [100, 2534037, "ask"],
  [2534037, undefined, "ask"],
  [80002, undefined, "wait"],
  [424242, undefined, "permanent"],
])("error %s/%s is of class %s, with words for a person", (code, error_subcode, expected) => {
  const body = JSON.stringify({ error: { code, error_subcode, message: `(#${code}) raw words` } });
  const answer = interpretGraphAnswer({ status: 400, headers: {}, body, redact: (text) => text });
  expect(answer).toMatchObject({ kind: "error", error: { code, class: expected } });
  expect(answer.kind === "error" && answer.error.words).toMatch(/^[A-Z].*\.$/s);
});

test("an unknown error that Meta calls transient is tried again", () => {
  const body = JSON.stringify({ error: { code: 424242, message: "x", is_transient: true } });
  expect(interpretGraphAnswer({ status: 500, headers: {}, body, redact: (text) => text })).toMatchObject({
    error: { class: "retry" },
  });
});

test("the proof is Meta's own example", () => {
  expect(appSecretProof(TOKEN.value, TOKEN.appSecret)).toMatch(/^558080b2/);
});

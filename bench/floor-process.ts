import { createHmac, timingSafeEqual } from "node:crypto";
import { Agent, request as call, createServer, type ServerResponse } from "node:http";
import pg from "pg";

/**
 * What the machine can do at best: node:http, HMAC over the body, one insert for all who wait, 200; and the bytes to
 * whoever listens. No routing, limits, time-outs, errors or projection.
 */
const secret = process.env.FLOOR_SECRET ?? "";
const client = new pg.Client(process.env.FLOOR_DATABASE_URL);
await client.connect();

type Waiting = { body: Buffer; response: ServerResponse };
let waiting: Waiting[] = [];
let flushing = false;
let sequence = 0;
const streams = new Set<ServerResponse>();

async function flush(): Promise<void> {
  flushing = true;
  while (waiting.length > 0) {
    const round = waiting;
    waiting = [];
    await client.query({
      name: "insert",
      text: "insert into floor_delivery (facebook_app_id, body) select 'app', body from unnest($1::bytea[]) as each(body)",
      values: [round.map(({ body }) => body)],
    });
    for (const { response } of round) response.writeHead(200, { "content-length": 2 }).end("ok");
    if (streams.size > 0) publish(round);
    for (const target of targets) tell(target, round);
  }
  flushing = false;
}

/** An endpoint that is told of every message, in order, one call at a time. */
type Target = { port: number; calls: Promise<void> };
const agent = new Agent({ keepAlive: true });
const targets: Target[] = (process.env.FLOOR_TARGETS ?? "")
  .split(",")
  .filter((port) => port !== "")
  .map((port) => ({ port: Number(port), calls: Promise.resolve() }));

function tell(target: Target, round: Waiting[]): void {
  const events = round.map(({ body }) => {
    const { text } = JSON.parse(body.toString("utf8")).entry[0].messaging[0].message;
    return { payload: { message: { content: { text } } } };
  });
  const body = JSON.stringify({ events });
  const signature = createHmac("sha256", secret).update(body).digest("base64");
  const headers = { "content-length": Buffer.byteLength(body), "webhook-signature": signature };
  target.calls = target.calls.then(
    () =>
      new Promise((resolve) => {
        call({ port: target.port, host: "127.0.0.1", method: "POST", path: "/", agent, headers }, (response) =>
          response.resume().once("end", resolve),
        )
          .once("error", () => resolve())
          .end(body);
      }),
  );
}

function publish(round: Waiting[]): void {
  const messages = round.flatMap(({ body }) =>
    JSON.parse(body.toString("utf8")).entry[0].messaging.map(({ message }: { message: { text: string } }) => message),
  );
  sequence += messages.length;
  const frame = Buffer.from(`event: changes\nid: ${sequence}\ndata: ${JSON.stringify({ messages })}\n\n`);
  for (const stream of streams) stream.write(frame);
}

const server = createServer((request, response) => {
  if (request.url === "/ready") {
    response.writeHead(200, { "content-length": 0 }).end();
    return;
  }
  if (request.method === "GET") {
    request.socket.setNoDelay(true);
    response.writeHead(200, { "content-type": "text/event-stream" }).write("retry: 1000\n\n");
    streams.add(response);
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const given = Buffer.from(String(request.headers["x-hub-signature-256"]).slice(7), "hex");
    if (!timingSafeEqual(given, createHmac("sha256", secret).update(body).digest())) {
      response.writeHead(401, { "content-length": 0 }).end();
      return;
    }
    waiting.push({ body, response });
    if (!flushing) void flush();
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");

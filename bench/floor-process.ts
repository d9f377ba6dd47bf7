import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
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
  }
  flushing = false;
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

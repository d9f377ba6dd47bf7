import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** What it answers to a POST: a status, or null for no answer at all. */
  answer: { status: number | null; body?: string };
  items(): Record<string, unknown>[];
  close(): Promise<void>;
}

/** An app's server: answers the handshake for the verify token "verify", keeps every POST. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = [];
  const answer: Receiver["answer"] = { status: 200 };
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? "/", "http://receiver");
    if (req.method === "GET") return shakeHands(url, res);
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      received.push({
        method: "POST",
        path: url.pathname,
        headers: req.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      });
      if (answer.status !== null) res.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/instagram`,
    received,
    answer,
    items: () =>
      received.flatMap(({ body }) => (JSON.parse(body) as Envelope).entry.flatMap((entry) => entry.messaging ?? [])),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Envelope {
  entry: { messaging?: Record<string, unknown>[] }[];
}

function shakeHands(url: URL, res: ServerResponse): void {
  const right =
    url.searchParams.get("hub.verify_token") === "verify" && url.searchParams.get("hub.mode") === "subscribe";
  res.writeHead(right ? 200 : 403).end(right ? url.searchParams.get("hub.challenge") : "");
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { EVENT_PAYLOADS, webhookCall } from "@/lib/api/schemas/event";
import type { Trigger } from "@/lib/api/schemas/webhook";

export type SunkEvent = { id: string; createdAt: string; type: string; payload: Record<string, unknown> };

export type Sunk = {
  headers: IncomingMessage["headers"];
  /** Exactly as it came. */
  body: string;
  json: { app: { id: string }; webhook: { id: string; version: string }; events: SunkEvent[] };
  /** Which address of this machine was called. */
  reachedAt: string | undefined;
};

export type Sink = {
  url: string;
  received: Sunk[];
  /** Every event that was taken, in the order of its taking. */
  taken(): SunkEvent[];
  /** How the next calls are answered; 200 unless told otherwise. */
  answer(with_: (response: ServerResponse, sunk: Sunk) => void): void;
  /** @throws when it was told something that is not as it is documented */
  close(): Promise<void>;
};

/** An integrator's endpoint: keeps what it is told and answers as the test says. @param host where it listens */
export async function openSink(host = "127.0.0.1"): Promise<Sink> {
  const received: Sunk[] = [];
  const taken: SunkEvent[] = [];
  const undocumented: string[] = [];
  const accept = (response: ServerResponse) => void response.writeHead(200).end();
  let reply: (response: ServerResponse, sunk: Sunk) => void = accept;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const sunk: Sunk = {
        headers: request.headers,
        body,
        json: JSON.parse(body),
        reachedAt: request.socket.localAddress,
      };
      received.push(sunk);
      undocumented.push(...undocumentedIn(sunk.json));
      response.once("finish", () => {
        if (response.statusCode < 300) taken.push(...sunk.json.events);
      });
      reply(response, sunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://${host}:${port}/hook`,
    received,
    taken: () => taken,
    answer: (with_) => {
      reply = with_;
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      if (undocumented.length > 0) throw new Error(`Told otherwise than documented:\n${undocumented.join("\n")}`);
    },
  };
}

/** What of a call is not as the reference says. */
function undocumentedIn(call: Sunk["json"]): string[] {
  if (webhookCall.safeParse(call).success) return [];
  const wrong = call.events.flatMap(({ type, payload }) => {
    const { error } = EVENT_PAYLOADS[type as Trigger].safeParse(payload);
    return error ? [`${type}: ${error.message}\n${JSON.stringify(payload)}`] : [];
  });
  return wrong.length > 0 ? wrong : [JSON.stringify(call)];
}

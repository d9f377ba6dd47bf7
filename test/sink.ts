import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

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
  close(): Promise<void>;
};

/** An integrator's endpoint: keeps what it is told and answers as the test says. @param host where it listens */
export async function openSink(host = "127.0.0.1"): Promise<Sink> {
  const received: Sunk[] = [];
  const taken: SunkEvent[] = [];
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

import { get, type IncomingMessage } from "node:http";
import { answerParent } from "./part";
import { monotonicMs } from "./timing";

/** @param read how many of the clients read every message; the others only follow the event numbers */
export type StreamsSpec = { port: number; cookie: string; after: number; clients: number; read: number };

export type StreamsState = {
  /** Number of the last event that every client has. */
  slowest: number;
  frames: number;
  bytes: number;
  /** Messages that reached the first client, each counted once. */
  messages: number;
  /** The same for all clients that read, each client counted. */
  arrivals: number;
  /** Streams that were cut and resumed. */
  cuts: number;
  cpuMicros: number;
};

/** For every message `#n`, and every client that reads, when its bytes were there. */
export type StreamsArrivals = { number: Int32Array; at: Float64Array };

type Client = { cursor: number; reads: boolean; line: Buffer[]; head: string };

const clients: Client[] = [];
const arrivals: { number: number[]; at: number[] } = { number: [], at: [] };
const seen = new Set<number>();
let frames = 0;
let bytes = 0;
let cuts = 0;

answerParent({
  async open(spec: StreamsSpec) {
    await Promise.all(
      Array.from({ length: spec.clients }, (_, index) => {
        const client: Client = { cursor: spec.after, reads: index < spec.read, line: [], head: "" };
        clients.push(client);
        return open(spec, client);
      }),
    );
  },
  state: (): StreamsState => ({
    slowest: Math.min(...clients.map((client) => client.cursor)),
    frames,
    bytes,
    messages: seen.size,
    arrivals: arrivals.at.length,
    cuts,
    cpuMicros: process.cpuUsage().user + process.cpuUsage().system,
  }),
  arrivals: (): StreamsArrivals => ({
    number: Int32Array.from(arrivals.number),
    at: Float64Array.from(arrivals.at),
  }),
});

function open(spec: StreamsSpec, client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(
      {
        port: spec.port,
        host: "127.0.0.1",
        path: `/api/live?after=${client.cursor}`,
        headers: { cookie: spec.cookie, "last-event-id": String(client.cursor) },
        agent: false,
      },
      (response) => {
        if (response.statusCode !== 200) {
          reject(new Error(`The stream was answered ${response.statusCode}.`));
          return;
        }
        resolve();
        follow(response, client);
        response.once("close", () => {
          cuts += 1;
          client.line = [];
          client.head = "";
          setTimeout(() => void open(spec, client).catch(() => undefined), 1000);
        });
      },
    );
    request.setNoDelay(true);
    request.once("error", reject);
  });
}

function follow(response: IncomingMessage, client: Client): void {
  response.on("error", () => undefined);
  response.on("data", (chunk: Buffer) => {
    const at = monotonicMs();
    bytes += chunk.length;
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(10, from);
      const part = chunk.subarray(from, end < 0 ? chunk.length : end);
      if (client.head.length < 24) client.head += part.toString("latin1", 0, 24 - client.head.length);
      if (client.reads) client.line.push(part);
      if (end < 0) return;
      onLine(client, at);
      client.head = "";
      client.line = [];
      from = end + 1;
    }
  });
}

function onLine(client: Client, at: number): void {
  if (client.head.startsWith("id: ")) client.cursor = Number(client.head.slice(4));
  if (!client.head.startsWith("data: ")) return;
  frames += 1;
  if (!client.reads) return;
  const first = client === clients[0];
  const { messages } = JSON.parse(Buffer.concat(client.line).toString("utf8").slice(6)) as {
    messages: { text: string | null }[];
  };
  for (const { text } of messages) {
    const number = Number(text?.slice(text.lastIndexOf("#") + 1));
    arrivals.number.push(number);
    arrivals.at.push(at);
    if (first) seen.add(number);
  }
}

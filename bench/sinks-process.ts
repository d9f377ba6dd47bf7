import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerParent } from "./part";
import type { StreamsArrivals } from "./streams-process";
import { monotonicMs } from "./timing";

/** Endpoints of integrators, each on a port of its own; the first so many take calls and never answer. */
export type SinksSpec = { endpoints: number; hanging: number };

export type SinksState = { arrivals: number; calls: number };

let arrivals: { number: number[]; at: number[] } = { number: [], at: [] };
let calls = 0;
const held: ServerResponse[] = [];

answerParent({
  /** @returns their ports */
  async open({ endpoints, hanging }: SinksSpec): Promise<number[]> {
    return Promise.all(Array.from({ length: endpoints }, (_, index) => listen(index < hanging)));
  },
  forget() {
    arrivals = { number: [], at: [] };
    calls = 0;
  },
  state: (): SinksState => ({ arrivals: arrivals.at.length, calls }),
  arrivals: (): StreamsArrivals => ({
    number: Int32Array.from(arrivals.number),
    at: Float64Array.from(arrivals.at),
  }),
});

function listen(hangs: boolean): Promise<number> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (hangs) {
        held.push(response);
        return;
      }
      note(Buffer.concat(chunks));
      response.writeHead(200, { "content-length": 0 }).end();
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

function note(body: Buffer): void {
  const at = monotonicMs();
  calls += 1;
  const { events } = JSON.parse(body.toString("utf8")) as {
    events: { payload: { message: { content: { text: string } } } }[];
  };
  for (const { payload } of events) {
    const { text } = payload.message.content;
    arrivals.number.push(Number(text.slice(text.lastIndexOf("#") + 1)));
    arrivals.at.push(at);
  }
}

import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, request, type ServerResponse } from "node:http";
import { until } from "./until";

/** A Send call that stands before Graph; the test decides what becomes of it. */
export type HeldSend = {
  text: string;
  recipient: string;
  /** Lets it take effect at Graph; its answer waits here. */
  forward(): Promise<void>;
  /** Gives the sender Graph's answer; forwards first where that has not happened. */
  answer(): Promise<void>;
  /** Breaks the sender's connection without an answer. */
  drop(): void;
};

/** Stands between the desk and Graph. */
export type GraphGate = {
  url: string;
  /** From now on Send calls wait for the test. */
  hold(): void;
  /** The next one that came and was not taken yet. */
  nextSend(): Promise<HeldSend>;
  /** Send calls pass again; those not taken yet are let through. */
  pass(): Promise<void>;
  /** The next call whose address matches takes effect at Graph, and its answer waits here. */
  holdAnswer(address: RegExp): HeldAnswer;
  /** Facebook cannot be reached: connections are refused. */
  close(): Promise<void>;
  open(): Promise<void>;
};

export type HeldAnswer = {
  /** Until Graph has answered. */
  came(): Promise<unknown>;
  release(): void;
};

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

export async function openGraphGate(emulatorUrl: string): Promise<GraphGate> {
  const waiting: HeldSend[] = [];
  let holding = false;
  let heldAnswer: { address: RegExp; came: () => void; released: Promise<void> } | null = null;

  const server = createServer(async (incoming, response) => {
    // The desk may break a call off: then there is nobody to answer.
    const body = await read(incoming).catch(() => null);
    if (!body) return;
    const forward = () => call(`${emulatorUrl}${incoming.url ?? ""}`, incoming.method ?? "GET", incoming.headers, body);
    const isSend = incoming.method === "POST" && /\/messages(\?|$)/.test(incoming.url ?? "");
    if (holding && isSend) waiting.push(held(body, forward, response));
    else {
      const held = heldAnswer?.address.test(incoming.url ?? "") ? heldAnswer : null;
      if (held) heldAnswer = null;
      const answer = await forward().catch(() => null);
      held?.came();
      await held?.released;
      write(response, answer);
    }
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  };
  const port = await listen(0);

  return {
    url: `http://127.0.0.1:${port}/graph`,
    hold() {
      holding = true;
    },
    nextSend: () => until("a message is on its way to Graph", () => waiting.shift()),
    async pass() {
      holding = false;
      await Promise.all(waiting.splice(0).map((send) => send.answer()));
    },
    holdAnswer(address) {
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      let came = false;
      const note = () => {
        came = true;
      };
      heldAnswer = { address, released, came: note };
      return { came: () => until("the answer has come", () => came), release };
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async open() {
      if (!server.listening) await listen(port);
    },
  };
}

function held(body: Buffer, forward: () => Promise<Answer>, response: ServerResponse): HeldSend {
  const sent = JSON.parse(body.toString("utf8")) as { recipient: { id: string }; message: { text: string } };
  let answered: Promise<Answer> | undefined;
  const once = () => {
    answered ??= forward();
    return answered;
  };
  return {
    text: sent.message.text,
    recipient: sent.recipient.id,
    forward: async () => {
      await once();
    },
    answer: async () => write(response, await once()),
    drop: () => response.destroy(),
  };
}

function call(url: string, method: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const out = request(url, { method, headers: { ...headers, host: new URL(url).host, connection: "close" } });
    out.on("error", reject);
    out.on("response", async (answer) => {
      try {
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: await read(answer) });
      } catch (error) {
        reject(error);
      }
    });
    out.end(body);
  });
}

/** null: Graph broke the connection, and so does the gate. */
function write(response: ServerResponse, answer: Answer | null): void {
  if (!answer) {
    response.destroy();
    return;
  }
  const { connection: _, "transfer-encoding": __, "content-length": ___, ...headers } = answer.headers;
  response.writeHead(answer.status, { ...headers, "content-length": answer.body.length });
  response.end(answer.body);
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

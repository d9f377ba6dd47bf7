import { connect, type Socket } from "node:net";
import { type DeliveriesSpec, prepareRequests } from "./deliveries";
import { answerParent } from "./part";
import { monotonicMs } from "./timing";

export type LoadTarget = { port: number; path: string; deliveries: DeliveriesSpec };

/** Closed: each connection posts again as soon as it was answered. Paced: so many a second, whatever the answers do. */
export type LoadRun = { connections: number; seconds: number; perSecond?: number };

export type LoadResult = {
  answered: number;
  /** Answers other than 200. */
  refused: number;
  seconds: number;
  /** Milliseconds from the write (paced: from the moment it was due) to the answer, sorted. */
  latencies: Float32Array;
  /** When post n was written, in milliseconds of the machine's monotonic clock. */
  sentAt: Float64Array;
  cpuMicros: number;
};

let requests: Buffer[] = [];
let target: LoadTarget | null = null;

answerParent({
  prepare(input: LoadTarget) {
    target = input;
    requests = prepareRequests(input.deliveries, input);
  },
  run: (input: LoadRun) => run(input),
});

async function run({ connections, seconds, perSecond }: LoadRun): Promise<LoadResult> {
  const { port } = target ?? { port: 0 };
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)));
  const latencies = new Float32Array(requests.length);
  const sentAt = new Float64Array(requests.length);
  let sent = 0;
  let answered = 0;
  let refused = 0;
  const cpuBefore = process.cpuUsage();
  const startedAt = monotonicMs();
  const endsAt = startedAt + seconds * 1000;

  await new Promise<void>((resolve, reject) => {
    const idle: ((post: number, dueAt: number) => void)[] = [];
    let timer: NodeJS.Timeout | undefined;

    const finished = () => {
      clearInterval(timer);
      resolve();
    };

    for (const socket of sockets) {
      let begunAt = 0;
      const post = (number: number, dueAt: number) => {
        begunAt = dueAt;
        sentAt[number] = monotonicMs();
        socket.write(requests[number] ?? "");
      };
      onAnswers(socket, (status) => {
        const now = monotonicMs();
        latencies[answered] = now - begunAt;
        answered += 1;
        if (status !== 200) refused += 1;
        if (perSecond !== undefined) {
          idle.push(post);
          if (sent === requests.length && answered === sent) finished();
        } else if (now < endsAt && sent < requests.length) post(sent++, now);
        else if (answered === sent) finished();
      });
      socket.on("error", reject);
      socket.on("close", () => reject(new Error("The server closed a connection under load.")));
      if (perSecond === undefined) post(sent++, monotonicMs());
      else idle.push(post);
    }

    if (perSecond !== undefined) {
      timer = setInterval(() => {
        const due = Math.min(requests.length, Math.ceil(((monotonicMs() - startedAt) * perSecond) / 1000));
        while (sent < due) {
          const post = idle.shift();
          if (!post) return;
          post(sent, startedAt + (sent * 1000) / perSecond);
          sent += 1;
        }
      }, 1);
    }
  });

  const elapsed = (monotonicMs() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  for (const socket of sockets) {
    socket.removeAllListeners("close");
    socket.destroy();
  }
  return {
    answered,
    refused,
    seconds: elapsed,
    latencies: latencies.slice(0, answered).sort(),
    sentAt: sentAt.slice(0, sent),
    cpuMicros: cpu.user + cpu.system,
  };
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => {
      socket.off("error", reject);
      resolve(socket);
    });
    socket.once("error", reject);
  });
}

/** One answer at a time is on its way, so a chunk never holds the start of a second. */
function onAnswers(socket: Socket, onAnswer: (status: number) => void): void {
  let pending: Buffer | null = null;
  socket.on("data", (chunk) => {
    const bytes: Buffer = pending ? Buffer.concat([pending, chunk]) : chunk;
    const headEnd = bytes.indexOf("\r\n\r\n");
    const head = headEnd < 0 ? "" : bytes.toString("latin1", 0, headEnd);
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined || bytes.length < headEnd + 4 + Number(length)) {
      pending = bytes;
      return;
    }
    pending = null;
    onAnswer(Number(head.slice(9, 12)));
  });
}

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";

/** Stands between a process and PostgreSQL: lets its answers wait, or takes the database away. */
export type DatabaseGate = {
  url: string;
  /** PostgreSQL is gone: connections break and none is taken. */
  takeAway(): Promise<void>;
  /** PostgreSQL is there but silent, as behind a broken network: nothing breaks, nothing answers. */
  fallSilent(): void;
  /** What is asked still arrives; what PostgreSQL answers from now on does not. */
  holdAnswers(): void;
  /** A new connection is answered; the silent ones stay silent for ever. */
  answerNewcomers(): Promise<void>;
  bringBack(): Promise<void>;
  close(): Promise<void>;
};

/** @param url the embedded database's address, a socket directory in `?host=` */
export async function openDatabaseGate(url: string): Promise<DatabaseGate> {
  const target = new URL(url);
  const socketPath = join(target.searchParams.get("host") ?? "", ".s.PGSQL.5432");
  const pairs = new Set<{ inner: Socket; outer: Socket; silent: boolean }>();
  let holdsAnswers = false;
  let holdsQuestions = false;

  const server = createServer((outer) => {
    const inner = connect(socketPath);
    const pair = { inner, outer, silent: false };
    pairs.add(pair);
    outer.on("data", (bytes) => inner.write(bytes));
    inner.on("data", (bytes) => outer.write(bytes));
    if (holdsQuestions) outer.pause();
    if (holdsAnswers) inner.pause();
    for (const [socket, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  };
  const port = await listen(0);

  function breakAll(): void {
    for (const { inner, outer } of pairs) {
      inner.destroy();
      outer.destroy();
    }
  }

  return {
    url: `postgresql://${target.username}@127.0.0.1:${port}${target.pathname}`,
    async takeAway() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      breakAll();
      await closed;
    },
    fallSilent() {
      holdsAnswers = true;
      holdsQuestions = true;
      for (const { inner, outer } of pairs) {
        inner.pause();
        outer.pause();
      }
    },
    holdAnswers() {
      holdsAnswers = true;
      for (const { inner } of pairs) inner.pause();
    },
    async answerNewcomers() {
      holdsAnswers = false;
      holdsQuestions = false;
      for (const pair of pairs) pair.silent = true;
    },
    async bringBack() {
      holdsAnswers = false;
      holdsQuestions = false;
      for (const { inner, outer, silent } of pairs) {
        if (silent) continue;
        inner.resume();
        outer.resume();
      }
      if (!server.listening) await listen(port);
    },
    async close() {
      breakAll();
      if (server.listening) await once(server.close(), "close");
    },
  };
}

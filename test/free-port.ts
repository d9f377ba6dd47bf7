import { once } from "node:events";
import { createServer } from "node:net";

/** Below every system's ephemeral ports, so that a server which is killed finds its port free when it comes back. */
const FIRST = 3300;
const LAST = 3349;

let next = FIRST + (process.pid % (LAST - FIRST + 1));

/** A port on loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let tried = FIRST; tried <= LAST; tried += 1) {
    const port = next;
    next = port === LAST ? FIRST : port + 1;
    if (await isFree(port)) return port;
  }
  throw new Error(`All ports from ${FIRST} to ${LAST} are taken.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

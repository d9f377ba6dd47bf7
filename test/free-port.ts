import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

/** Below every system's ephemeral ports, so that a server which is killed finds its port free when it comes back. */
const FIRST = 3300;
const LAST = 3349;

/**
 * A port on loopback that nobody listens on. It stays ours until this process ends: its UDP twin is held, which every
 * other test takes as taken.
 */
export async function freePort(): Promise<number> {
  for (let port = FIRST; port <= LAST; port += 1) if ((await hold(port)) && (await isFree(port))) return port;
  throw new Error(`All ports from ${FIRST} to ${LAST} are taken.`);
}

async function hold(port: number): Promise<boolean> {
  const socket = createSocket("udp4");
  try {
    socket.bind({ port, address: "127.0.0.1", exclusive: true });
    await once(socket, "listening");
    socket.unref();
    return true;
  } catch {
    return false;
  }
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

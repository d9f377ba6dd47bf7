import { once } from "node:events";
import { createServer } from "node:net";

/** Throws in words when another program listens where we are about to. @param command what was started */
export async function checkPort(setting: string, port: string, host: string, command: string): Promise<void> {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new Error(`${setting}=${port} is not a port number (1 to 65535).`);
  }
  const server = createServer();
  try {
    server.listen(number, host);
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EADDRINUSE") {
      throw new Error(
        `Port ${port} is already used by another program. Choose another: ${setting}=${number + 1} ${command}`,
      );
    }
    if (code === "EACCES") {
      throw new Error(`Port ${port} may only be used by root. Choose another: ${setting}=${number + 3000} ${command}`);
    }
    throw error;
  } finally {
    server.close();
  }
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answer } from "./answer";
import { Emulator } from "./emulator";
import { defaultPhoneDir, type EmulatorOptions } from "./options";
import { registerApp } from "./world/register-app";

export interface RunningEmulator {
  url: string;
  port: number;
  emulator: Emulator;
  /** Saves the state and stops. */
  close(): Promise<void>;
}

/** Starts an emulator in this process; port 0 takes a free one. */
export async function startEmulator(given: Partial<EmulatorOptions> = {}): Promise<RunningEmulator> {
  const options: EmulatorOptions = {
    port: 0,
    host: "127.0.0.1",
    publicUrl: "",
    dataDir: null,
    phoneDir: defaultPhoneDir(),
    apps: [],
    log: () => undefined,
    ...given,
  };
  const server = createServer({ keepAliveTimeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  options.publicUrl ||= `http://${reachable(options.host)}:${port}`;
  const emulator = new Emulator(options);
  server.on("request", (req, res) => void answer(emulator, req, res));
  for (const app of options.apps) registerApp(emulator, app);
  return {
    url: options.publicUrl,
    port,
    emulator,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await emulator.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The name by which a browser on this machine reaches the address we listen on. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

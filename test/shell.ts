import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { until } from "./until";

/** A person's terminal: what is exported and started in it stays until it is closed. */
export type Shell = {
  /** @returns everything that was printed meanwhile. @throws with that when the last command fails */
  run(commands: string): Promise<string>;
  /** Everything that was printed so far. */
  printed(): string;
  close(): void;
};

export function openShell(cwd: string): Shell {
  // A group of its own, so that what runs in its background ends with it.
  const bash = spawn("bash", [], { cwd, detached: true, env: process.env });
  let printed = "";
  for (const stream of [bash.stdout, bash.stderr])
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString("utf8");
    });
  return {
    async run(commands) {
      const from = printed.length;
      const end = randomUUID();
      bash.stdin.write(`${commands}\necho " ${end} $?"\n`);
      const status = await until("the commands end", () => new RegExp(`${end} (\\d+)`).exec(printed.slice(from))?.[1]);
      const said = printed.slice(from, printed.lastIndexOf(end)).trim();
      if (status !== "0") throw new Error(`${commands}\nended with ${status}:\n${said}`);
      return said;
    },
    printed: () => printed,
    close() {
      if (bash.pid) process.kill(-bash.pid, "SIGKILL");
    },
  };
}

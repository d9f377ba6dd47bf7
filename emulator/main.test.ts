import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { startReceiver } from "./test-receiver";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

test("it runs alone from its environment, says where, verifies the webhook, and stops on SIGTERM with its state saved", async () => {
  const receiver = await startReceiver();
  const dataDir = await mkdtemp(join(tmpdir(), "emulator-"));
  const environment = {
    EMULATOR_PORT: "0",
    EMULATOR_PUBLIC_URL: "",
    EMULATOR_DATA_DIR: dataDir,
    EMULATOR_APP_ID: "111",
    EMULATOR_APP_SECRET: "secret",
    EMULATOR_WEBHOOK_URL: receiver.url,
    EMULATOR_WEBHOOK_VERIFY_TOKEN: "verify",
    EMULATOR_REDIRECT_URIS: "http://localhost:3000/a, http://localhost:3000/b",
  };
  const first = await start(environment);
  const health = await fetch(`${first.url}/_control/health`);
  expect(await health.json()).toMatchObject({ ok: true });
  await first.says(`webhook verified: ${receiver.url}`);
  const { apps } = (await (await fetch(`${first.url}/_control/apps`)).json()) as { apps: { redirectUris: string[] }[] };
  expect(apps[0]?.redirectUris).toEqual(["http://localhost:3000/a", "http://localhost:3000/b"]);
  const made = await fetch(`${first.url}/_play/customers`, {
    method: "POST",
    body: JSON.stringify({ name: "Late Guest" }),
  });
  expect(made.status).toBe(200);
  expect(await first.stop()).toBe(0);

  const again = await start(environment);
  const { customers } = (await (await fetch(`${again.url}/_play/state`)).json()) as { customers: { name: string }[] };
  expect(customers.map((customer) => customer.name)).toContain("Late Guest");
  expect(await again.stop()).toBe(0);
  await receiver.close();
  await rm(dataDir, { recursive: true, force: true });
});

test("half a Facebook app is refused in words", async () => {
  const child = run({ EMULATOR_PORT: "0", EMULATOR_APP_ID: "111" });
  const output = collect(child);
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(output.text).toContain("EMULATOR_APP_ID and EMULATOR_APP_SECRET have to be given together.");
});

function run(environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

function collect(child: ChildProcess): { text: string } {
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output.text += String(chunk)));
  return output;
}

async function start(environment: Record<string, string>) {
  const child = run(environment);
  const output = collect(child);
  const says = (words: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const line = output.text.split("\n").find((one) => one.includes(words));
        if (line) resolve(line);
        return line;
      };
      child.once("exit", () => reject(new Error(`the emulator ended: ${output.text}`)));
      if (!look()) for (const stream of [child.stdout, child.stderr]) stream?.on("data", look);
    });
  const url = (await says("Instagram emulator: ")).replace(/^.*emulator: /, "");
  const stop = async () => {
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    return code as number | null;
  };
  return { url, says, stop };
}

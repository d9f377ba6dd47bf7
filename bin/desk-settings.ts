import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What the app is started with in demo and dev: the environment as given, and everything it leaves open. */
export type DeskSettings = Record<string, string | undefined> & {
  PORT: string;
  HOST: string;
  APP_URL: string;
  DATA_DIR: string;
  EMULATOR_PORT: string;
  FACEBOOK_APP_ID: string;
  FACEBOOK_APP_SECRET: string;
  FACEBOOK_WEBHOOK_VERIFY_TOKEN: string;
};

const SECRETS_FILE = "secrets.json";

/** Fills in what demo and dev make up themselves; secrets are made once and kept in DATA_DIR, readable by its owner alone. */
export async function deskSettings(given: NodeJS.ProcessEnv): Promise<DeskSettings> {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const DATA_DIR = set.DATA_DIR ?? ".data";
  const PORT = set.PORT ?? "3000";
  const EMULATOR_PORT = set.EMULATOR_PORT ?? "4000";
  const emulator = emulatorUrl({ EMULATOR_PORT });
  return {
    HOST: "127.0.0.1",
    APP_URL: `http://localhost:${PORT}`,
    FACEBOOK_APP_ID: "1203948576102938",
    FACEBOOK_GRAPH_URL: `${emulator}/graph`,
    FACEBOOK_WEB_URL: `${emulator}/facebook`,
    DEMO_PHONE_URL: emulator,
    FACEBOOK_SDK_URL: `${emulator}/sdk/en_US/sdk.js`,
    OUTBOUND_ALLOW_CIDRS: "127.0.0.0/8,::1/128",
    ...(await keptSecrets(DATA_DIR)),
    ...set,
    PORT,
    DATA_DIR,
    EMULATOR_PORT,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

export function emulatorUrl({ EMULATOR_PORT }: { EMULATOR_PORT: string }): string {
  return `http://127.0.0.1:${EMULATOR_PORT}`;
}

/** Where programs on this machine reach the app, whatever its public address is. */
export function localUrl({ HOST, PORT }: { HOST: string; PORT: string }): string {
  const host = HOST === "0.0.0.0" || HOST === "::" ? "127.0.0.1" : HOST.includes(":") ? `[${HOST}]` : HOST;
  return `http://${host}:${PORT}`;
}

type Secrets = {
  AUTH_SECRET: string;
  ENCRYPTION_KEY: string;
  FACEBOOK_APP_SECRET: string;
  FACEBOOK_WEBHOOK_VERIFY_TOKEN: string;
};

async function keptSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, SECRETS_FILE);
  const kept = await readSecrets(file);
  const secrets = {
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    FACEBOOK_APP_SECRET: randomBytes(16).toString("hex"),
    FACEBOOK_WEBHOOK_VERIFY_TOKEN: randomBytes(16).toString("hex"),
    ...kept,
  };
  if (Object.keys(secrets).every((name) => name in kept)) return secrets;
  await mkdir(dataDir, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await chmod(unfinished, 0o600);
  await rename(unfinished, file);
  return secrets;
}

async function readSecrets(file: string): Promise<Partial<Secrets>> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new Error(`The secrets of this installation in ${file} cannot be read. Start as the user who made them.`);
  }
}

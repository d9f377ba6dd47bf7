import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { databaseOf, openPool } from "@/lib/db/connection";
import { createWorkspace } from "@/lib/inbox/workspaces";
import { readKeyring } from "./admin/read-keyring";
import { checkPort } from "./check-port";
import { type DeskSettings, emulatorUrl } from "./desk-settings";
import { type Beside, say } from "./run-desk";
import { supervise } from "./supervise";

const SITE = "Parlour";
const FACEBOOK_APP_ID = "7788990011223344";

/** What an integrator gets before they begin: a workspace with a key at the desk, and an app at Facebook. */
type Account = { DESK_APP_ID: string; DESK_KEY_ID: string; DESK_KEY_SECRET: string; FACEBOOK_APP_SECRET: string };

/** Starts `examples/connect` against this desk and this emulator. */
export async function connectSite(desk: { settings: DeskSettings; databaseUrl: string }): Promise<Beside> {
  const { settings } = desk;
  const SITE_PORT = settings.SITE_PORT ?? "3100";
  await checkPort("SITE_PORT", SITE_PORT, "127.0.0.1", "npm run example:connect");
  const siteUrl = `http://localhost:${SITE_PORT}`;
  const account = await accountOf(desk);
  await registerFacebookApp(settings, { siteUrl, secret: account.FACEBOOK_APP_SECRET });
  const part = await supervise({
    name: SITE,
    script: "examples/connect/main.ts",
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      NODE_OPTIONS: "--import tsx",
      PORT: SITE_PORT,
      SITE_NAME: SITE,
      SITE_URL: siteUrl,
      DESK_URL: settings.APP_URL,
      ...account,
      FACEBOOK_APP_ID,
      FACEBOOK_GRAPH_URL: settings.FACEBOOK_GRAPH_URL,
      FACEBOOK_WEB_URL: settings.FACEBOOK_WEB_URL,
      FACEBOOK_SDK_URL: settings.FACEBOOK_SDK_URL,
    },
    readyUrl: `http://127.0.0.1:${SITE_PORT}/healthz`,
    logFile: join(settings.DATA_DIR, "site.log"),
    say,
  });
  return { part, lines: [`${SITE.padEnd(11)} ${siteUrl}`, "            an integrator's site: begin here"] };
}

/** Made once and kept in DATA_DIR, readable by its owner alone. */
async function accountOf({ settings, databaseUrl }: Parameters<typeof connectSite>[0]): Promise<Account> {
  const file = resolve(settings.DATA_DIR, "example-connect.json");
  if (existsSync(file)) return JSON.parse(await readFile(file, "utf8"));
  const pool = openPool(databaseUrl, { max: 1, applicationName: "replydesk example" });
  try {
    const db = databaseOf(pool);
    const { id: workspaceId } = await createWorkspace(db, { name: SITE });
    const keyring = await readKeyring(settings.DATA_DIR);
    // People write on that site, so it may answer for seven days.
    const key = { scope: "app" as const, workspaceId, name: SITE, people: true, createdBy: null };
    const { id, secret } = await createApiKey(db, keyring, key);
    const account = {
      DESK_APP_ID: publicId(workspaceId),
      DESK_KEY_ID: id,
      DESK_KEY_SECRET: secret,
      FACEBOOK_APP_SECRET: randomBytes(16).toString("hex"),
    };
    await writeFile(file, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 });
    return account;
  } finally {
    await pool.end();
  }
}

/** What an integrator does once at developers.facebook.com. */
async function registerFacebookApp(settings: DeskSettings, app: { siteUrl: string; secret: string }): Promise<void> {
  const response = await fetch(`${emulatorUrl(settings)}/_control/apps`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      id: FACEBOOK_APP_ID,
      secret: app.secret,
      name: SITE,
      redirectUris: [`${app.siteUrl}/login/answer`],
    }),
  });
  if (!response.ok) throw new Error(`The emulator did not take the app of ${SITE}: ${await response.text()}`);
}

import { join, resolve } from "node:path";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { checkPort } from "./check-port";
import { type DeskSettings, deskSettings, emulatorUrl, localUrl } from "./desk-settings";
import { setupLink } from "./setup-link";
import { stopOnSignal } from "./stop-on-signal";
import { type ProcessOptions, type Supervised, supervise } from "./supervise";

export type Mode = {
  /** As people type it. */
  command: string;
  environment: "production" | "development";
  scripts: { app: string; emulator: string; phone: string };
  /** Whether the processes write to files in DATA_DIR, and not to this terminal. */
  quiet: boolean;
  /** Makes the scripts. */
  build(): Promise<void>;
  /** Starts what runs beside the desk, once that answers. */
  beside?(desk: { settings: DeskSettings; databaseUrl: string }): Promise<Beside>;
};

/** A program that uses the desk, and the lines that say where it is. */
export type Beside = { part: Supervised; lines: string[] };

export type Desk = { app: Supervised; emulator: Supervised; settings: DeskSettings };

/** Starts database, emulator and app, prints where they are, and stops them in the reverse order on Ctrl-C or SIGTERM. */
export async function runDesk(mode: Mode): Promise<Desk> {
  const stopping = stopOnSignal();
  try {
    const dataDir = process.env.DATA_DIR || ".data";
    const database = process.env.DATABASE_URL ? null : await startEmbeddedPostgres({ dataDir, log: say });
    if (database) stopping.add({ stop: database.stop });
    const settings = await deskSettings(process.env);
    await checkPort("PORT", settings.PORT, settings.HOST, mode.command);
    await checkPort("EMULATOR_PORT", settings.EMULATOR_PORT, "127.0.0.1", mode.command);
    await mode.build();
    stopping.throwIfAsked();

    const databaseUrl = process.env.DATABASE_URL || database?.url || "";
    const starts = await Promise.allSettled([
      supervise(emulatorProcess(mode, settings)),
      supervise(appProcess(mode, settings, databaseUrl)),
    ]);
    for (const start of starts) if (start.status === "fulfilled") stopping.add(start.value);
    const [emulator, app] = [started(starts[0]), started(starts[1])];
    stopping.throwIfAsked();
    const beside = await mode.beside?.({ settings, databaseUrl });
    if (beside) stopping.add(beside.part);

    announce(settings, await setupLink(databaseUrl, settings.APP_URL), beside?.lines ?? []);
    stopping.ready();
    return { app, emulator, settings };
  } catch (error) {
    await stopping.stopNow();
    throw error;
  }
}

function started(start: PromiseSettledResult<Supervised>): Supervised {
  if (start.status === "rejected") throw start.reason;
  return start.value;
}

export function say(line: string): void {
  console.log(line);
}

function appProcess(
  { environment, scripts, quiet }: Mode,
  settings: DeskSettings,
  databaseUrl: string,
): ProcessOptions {
  return {
    name: "The app",
    script: scripts.app,
    env: { ...settings, DATABASE_URL: databaseUrl, DATA_DIR: resolve(settings.DATA_DIR), NODE_ENV: environment },
    readyUrl: `${localUrl(settings)}/readyz`,
    logFile: quiet ? join(settings.DATA_DIR, "app.log") : null,
    say,
  };
}

/** It stands for Meta, so it gets what Meta would know: the Facebook app and the addresses entered on its dashboard. */
function emulatorProcess({ scripts, quiet }: Mode, settings: DeskSettings): ProcessOptions {
  const given = Object.entries(process.env).filter(([name]) => name.startsWith("EMULATOR_"));
  return {
    name: "The emulator",
    script: scripts.emulator,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      EMULATOR_DATA_DIR: resolve(settings.DATA_DIR, "emulator"),
      EMULATOR_APP_ID: settings.FACEBOOK_APP_ID,
      EMULATOR_APP_SECRET: settings.FACEBOOK_APP_SECRET,
      EMULATOR_REDIRECT_URIS: ["/api/auth/callback/facebook", "/channels/connect/callback"]
        .map((path) => settings.APP_URL + path)
        .join(","),
      EMULATOR_WEBHOOK_URL: `${localUrl(settings)}/webhooks/instagram`,
      EMULATOR_WEBHOOK_VERIFY_TOKEN: settings.FACEBOOK_WEBHOOK_VERIFY_TOKEN,
      EMULATOR_DEAUTHORIZE_URL: `${localUrl(settings)}/facebook/deauthorize`,
      EMULATOR_DATA_DELETION_URL: `${localUrl(settings)}/facebook/data-deletion`,
      EMULATOR_PHONE_DIR: resolve(scripts.phone),
      ...Object.fromEntries(given),
      EMULATOR_PORT: settings.EMULATOR_PORT,
    },
    readyUrl: `${emulatorUrl(settings)}/_control/health`,
    logFile: quiet ? join(settings.DATA_DIR, "emulator.log") : null,
    say,
  };
}

function announce(settings: DeskSettings, setup: string | null, beside: string[]): void {
  say("");
  for (const line of beside) say(`  ${line}`);
  say(`  Replydesk   ${setup ?? settings.APP_URL}`);
  const when = beside.length === 0 ? "open this first" : "for a look behind the site";
  if (setup) say(`              ${when}: it makes you the owner, and works once`);
  say(`  Instagram   ${emulatorUrl(settings)}`);
  say("              the emulator: play the customers here");
  say("");
  say(`Everything is kept in ${settings.DATA_DIR}. Ctrl-C stops it.`);
}

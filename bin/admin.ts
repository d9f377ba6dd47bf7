import { findEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { readAddress } from "@/lib/desk-address";
import { AppError, errorMessage } from "@/lib/errors";
import { apiKeyCreate } from "./admin/api-key-create";
import { backup } from "./admin/backup";
import type { Command, Installation } from "./admin/command";
import { deliveryReplay } from "./admin/delivery-replay";
import { doctor } from "./admin/doctor";
import { memberInvite } from "./admin/member-invite";
import { restore } from "./admin/restore";
import { setupLinkCommand } from "./admin/setup-link";
import { tokenRotateEncryptionKey } from "./admin/token-rotate-encryption-key";

const COMMANDS: Record<string, Command> = {
  "setup-link": setupLinkCommand,
  "member invite": memberInvite,
  "api-key create": apiKeyCreate,
  "delivery replay": deliveryReplay,
  "token rotate-encryption-key": tokenRotateEncryptionKey,
  backup,
  restore,
  doctor,
};

process.exitCode = await main(process.argv.slice(2));

async function main(given: string[]): Promise<number> {
  const json = given.includes("--json");
  const words = given.filter((word) => word !== "--json");
  const name = Object.keys(COMMANDS).find((command) => words.slice(0, command.split(" ").length).join(" ") === command);
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || !command) {
    console.error(usage());
    return 2;
  }
  try {
    const outcome = await command.run(await installation(command), words.slice(name.split(" ").length));
    console.log(json ? JSON.stringify({ ok: outcome.ok, ...outcome.json }) : outcome.words);
    return outcome.ok ? 0 : 1;
  } catch (error) {
    if (json) console.log(JSON.stringify({ ok: false, error: errorMessage(error) }));
    else console.error(errorMessage(error));
    return 1;
  }
}

async function installation(command: Command): Promise<Installation> {
  const dataDir = process.env.DATA_DIR || ".data";
  const databaseUrl = process.env.DATABASE_URL || (command.offline ? "" : await findEmbeddedPostgres(dataDir));
  if (databaseUrl === null) {
    throw new AppError(
      "configuration",
      `No database is running for ${dataDir}. Start Replydesk first, or set DATABASE_URL (or DATA_DIR) to the one you mean.`,
    );
  }
  // What the running desk has said of itself, so that nobody has to repeat its settings.
  const told = await readAddress(dataDir);
  const appUrl = process.env.APP_URL || told?.appUrl || `http://localhost:${process.env.PORT || 3000}`;
  return { databaseUrl, appUrl, localUrl: told?.localUrl ?? null, dataDir };
}

function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { help }]) => `  ${name.padEnd(width)}  ${help}`);
  return `npm run admin -- <command> [--json]\n\n${lines.join("\n")}`;
}

import { findEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { AppError, errorMessage } from "@/lib/errors";
import type { Command, Installation } from "./admin/command";
import { deliveryReplay } from "./admin/delivery-replay";
import { doctor } from "./admin/doctor";
import { memberInvite } from "./admin/member-invite";
import { setupLinkCommand } from "./admin/setup-link";

const COMMANDS: Record<string, Command> = {
  "setup-link": setupLinkCommand,
  "member invite": memberInvite,
  "delivery replay": deliveryReplay,
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
    const outcome = await command.run(await installation(), words.slice(name.split(" ").length));
    console.log(json ? JSON.stringify({ ok: outcome.ok, ...outcome.json }) : outcome.words);
    return outcome.ok ? 0 : 1;
  } catch (error) {
    if (json) console.log(JSON.stringify({ ok: false, error: errorMessage(error) }));
    else console.error(errorMessage(error));
    return 1;
  }
}

async function installation(): Promise<Installation> {
  const dataDir = process.env.DATA_DIR || ".data";
  const databaseUrl = process.env.DATABASE_URL || (await findEmbeddedPostgres(dataDir));
  if (!databaseUrl) {
    throw new AppError(
      "configuration",
      `No database is running for ${dataDir}. Start Replydesk first, or set DATABASE_URL (or DATA_DIR) to the one you mean.`,
    );
  }
  return { databaseUrl, appUrl: process.env.APP_URL || `http://localhost:${process.env.PORT || 3000}` };
}

function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { help }]) => `  ${name.padEnd(width)}  ${help}`);
  return `npm run admin -- <command> [--json]\n\n${lines.join("\n")}`;
}

import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import type { WriteCtx } from "./context";
import { INBOX_TYPES, integrationOf, type Switchboard, type SwitchboardIntegration } from "./switchboard";

/** What is said of a place at the switchboard; null unsets, what is left out stays. */
export type SwitchboardIntegrationInput = {
  name?: string | undefined;
  integrationId?: string | undefined;
  integrationType?: string | undefined;
  deliverStandbyEvents?: boolean | undefined;
  nextId?: string | null | undefined;
  messageHistoryCount?: number | null | undefined;
  bot?: boolean | undefined;
};

const NAME = /^[\w-]{1,128}$/;
/** Means somebody else wherever control is passed. */
const TAKEN_WORD = "next";

/** What a place will be once the input is applied to what is known of it. @throws AppError not_found, invalid */
export async function settleSwitchboardIntegration(
  tx: WriteCtx,
  switchboard: Switchboard,
  known: SwitchboardIntegration | null,
  input: SwitchboardIntegrationInput,
): Promise<Omit<SwitchboardIntegration, "id">> {
  const others = switchboard.integrations.filter(({ id }) => id !== known?.id);
  const name = input.name ?? known?.name ?? "";
  if (!NAME.test(name)) throw invalid("name: is 1 to 128 letters, digits, - and _.");
  if (name === TAKEN_WORD) throw invalid(`name: "${TAKEN_WORD}" has a meaning of its own. Take another one.`);
  if (others.some((other) => other.name === name)) throw invalid(`name: another one is called ${name}.`);
  const who = await whoseIs(tx, switchboard, known, input);
  if (others.some(({ integrationId }) => integrationId === who.integrationId))
    throw invalid("integrationId: it has a place at the switchboard already.");
  const nextId = input.nextId === undefined ? (known?.nextId ?? null) : input.nextId;
  if (input.nextId && (nextId === known?.id || !integrationOf(switchboard, nextId)))
    throw invalid("nextSwitchboardIntegrationId: there is no such other switchboard integration.");
  const bot = input.bot ?? known?.bot ?? false;
  if (bot && who.integrationId === null) throw invalid("bot: in the inbox people answer.");
  const { messageHistoryCount = known?.messageHistoryCount ?? null } = input;
  const deliverStandbyEvents = input.deliverStandbyEvents ?? known?.deliverStandbyEvents ?? true;
  return { ...who, name, nextId, bot, messageHistoryCount, deliverStandbyEvents };
}

type Who = Pick<SwitchboardIntegration, "integrationId" | "integrationType">;

async function whoseIs(
  tx: WriteCtx,
  { workspaceId }: Switchboard,
  known: SwitchboardIntegration | null,
  { integrationId, integrationType }: SwitchboardIntegrationInput,
): Promise<Who> {
  if (integrationId !== undefined && integrationType !== undefined)
    throw invalid("integrationId: say it or integrationType, not both.");
  if (integrationId === undefined && integrationType === undefined) {
    if (known) return known;
    throw invalid("integrationId: say it, or integrationType.");
  }
  if (integrationType !== undefined) {
    if (INBOX_TYPES.includes(integrationType)) return { integrationId: null, integrationType };
    throw invalid(`integrationType: is ${INBOX_TYPES[0]}. A custom integration is named by its integrationId.`);
  }
  const { rows } = await tx.db.execute(sql`
    select 1 from custom_integration where workspace_id = ${workspaceId} and id = ${integrationId} for share`);
  if (rows.length === 0 || integrationId === undefined)
    throw invalid("integrationId: there is no such custom integration.");
  return { integrationId, integrationType: "custom" };
}

function invalid(message: string): AppError {
  return new AppError("invalid", message);
}

import { AppError } from "../errors";
import { addSwitchboardIntegration } from "./add-switchboard-integration";
import { type Ctx, requireManager, write } from "./context";
import { createSwitchboard } from "./create-switchboard";
import { listIntegrations } from "./list-integrations";
import { updateSwitchboard } from "./update-switchboard";

const INBOX_NAME = "people";
const LONGEST_NAME = 60;

/**
 * A switchboard at which one program answers first and hands on to the people of the desk, switched on.
 * @param input.bot expressly a program's: what it writes never counts as a person's
 * @throws AppError forbidden, not_found for the integration, conflict when there is a switchboard
 */
export async function setUpSwitchboard(ctx: Ctx, input: { integrationId: string; bot: boolean }): Promise<void> {
  requireManager(ctx);
  const { integrationId, bot } = input;
  const [program] = await listIntegrations(ctx, { id: integrationId, types: ["custom"], limit: 1 });
  if (!program) throw new AppError("not_found", "This program is not there any more.");
  await write(ctx, async (tx) => {
    const made = await createSwitchboard(tx);
    if (!made) throw new AppError("conflict", "There is a switchboard already. Remove it first.");
    const switchboardId = made.id;
    const inbox = { switchboardId, name: INBOX_NAME, integrationType: "replydesk:inbox" };
    const nextId = (await addSwitchboardIntegration(tx, inbox))?.id;
    const first = { switchboardId, name: nameOf(program.name), integrationId, nextId, bot };
    const defaultId = (await addSwitchboardIntegration(tx, first))?.id;
    await updateSwitchboard(tx, { switchboardId, enabled: true, defaultId });
  });
}

/** What others call it when they pass control: letters, digits, - and _. */
function nameOf(given: string | null): string {
  const plain = (given ?? "")
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  const name =
    plain
      .replace(/[^\w]+/g, "-")
      .slice(0, LONGEST_NAME)
      .replace(/^-+|-+$/g, "") || "program";
  return name === "next" || name === INBOX_NAME ? `${name}-program` : name;
}

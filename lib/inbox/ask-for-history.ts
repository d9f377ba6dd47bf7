import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireAdmin, write } from "./context";
import { startBackFill } from "./start-back-fill";

/** A person asks for everything that Meta still gives of a channel. One that is under way goes on. @throws AppError forbidden, not_found, channel_unusable */
export async function askForHistory(ctx: Ctx, input: { channelId: string }): Promise<void> {
  const { workspaceId, id: memberId } = requireAdmin(ctx);
  await write(ctx, async (tx) => {
    const { rows } = isId(input.channelId)
      ? await tx.db.execute<{ username: string; state: string; running: boolean }>(sql`
          select h.username, h.state, exists (
            select from back_fill b where b.channel_id = h.id and b.state in ('listing', 'reading')) as running
          from channel h where h.workspace_id = ${workspaceId} and h.id = ${input.channelId} for no key update of h`)
      : { rows: [] };
    const channel = rows[0];
    if (!channel) throw new AppError("not_found", "There is no such channel.");
    if (channel.state === "disconnected")
      throw new AppError("channel_unusable", `@${channel.username} is not connected any more. Connect it again first.`);
    if (channel.running) return;
    await startBackFill(tx, { workspaceId, channelId: input.channelId, reason: "by_hand", startedBy: memberId });
  });
}

import type { Ctx } from "../../inbox/context";
import { readChannelChecks } from "../../inbox/read-channel-checks";
import { type CheckOutcome, checkChannel } from "./check-channel";

/** A member wants to know at once. What Meta dropped is subscribed again on the way. @throws AppError not_found, forbidden */
export async function checkNow(ctx: Ctx, input: { channelId: string }): Promise<CheckOutcome> {
  const { workspaceId, channelId } = await readChannelChecks(ctx, input);
  return checkChannel(ctx, { workspaceId, channelId });
}

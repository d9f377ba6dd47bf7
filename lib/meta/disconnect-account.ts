import { z } from "zod";
import { AppError, isAppError } from "../errors";
import type { Ctx } from "../inbox/context";
import {
  type DisconnectInput,
  disconnectChannel,
  type LeavingChannel,
  readLeavingChannel,
} from "../inbox/disconnect-channel";
import { log } from "../log";
import { type GraphFailure, readGraph } from "./graph-read";
import { pageToken } from "./page-token";

const TIMEOUT_MS = 15_000;

/**
 * Disconnects an account: Facebook reports its messages no more, its token is forgotten, its history kept or erased.
 * Where Facebook only could not be asked nothing happens, unless `anyway`.
 * @returns what Facebook could not be told, in words; null when it was
 * @throws AppError forbidden, not_found, invalid; graph_failed when it may be tried again
 */
export async function disconnectAccount(
  ctx: Ctx,
  input: DisconnectInput & { anyway?: boolean },
): Promise<{ remark: string | null }> {
  const channel = await readLeavingChannel(ctx, input);
  const problem = await unsubscribe(ctx, channel);
  if (problem?.passing && !input.anyway)
    throw new AppError("graph_failed", `${problem.words} Nothing was disconnected.`);
  await disconnectChannel(ctx, input);
  if (!problem) return { remark: null };
  log.warn({ channel: channel.channelId }, "an account was disconnected that could not be unsubscribed at Facebook");
  return {
    remark: `Facebook could not be told to stop reporting messages: ${problem.words} What it still reports is not kept; it ends when the app is removed on Facebook.`,
  };
}

async function unsubscribe(ctx: Ctx, channel: LeavingChannel): Promise<{ words: string; passing: boolean } | null> {
  const { tokenSealed } = channel;
  if (channel.state === "disconnected") return null;
  if (!tokenSealed) return { words: "The desk holds no login for this account any more.", passing: false };
  try {
    await readGraph(
      {
        method: "DELETE",
        path: `/${channel.pageId}/subscribed_apps`,
        token: await pageToken(ctx, { ...channel, tokenSealed }),
        timeoutMs: TIMEOUT_MS,
      },
      z.looseObject({}),
    );
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { class: kind } = error.details as Partial<GraphFailure>;
    return { words: error.message, passing: kind === "retry" || kind === "wait" || kind === "none" };
  }
}

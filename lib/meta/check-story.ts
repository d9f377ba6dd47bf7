import { z } from "zod";
import type { Ctx } from "../inbox/context";
import { readStoryMessage, recordStory } from "../inbox/story-media";
import type { JobOutcome } from "../queue/job";
import { callGraph } from "./graph-client";
import { pageToken } from "./page-token";
import { httpUrl } from "./webhook-values";

const part = z.looseObject({ link: z.string().optional() });
const body = z.looseObject({
  story: z.looseObject({ reply_to: part.optional(), mention: part.optional() }).optional(),
});

/**
 * Asks Meta whether a story still lives; only its address is asked for. The media themselves are loaded by browsers
 * alone: Meta forbids servers to fetch or keep them.
 */
export async function checkStory(ctx: Ctx, input: { workspaceId: string; messageId: string }): Promise<JobOutcome> {
  const story = await readStoryMessage(ctx, input);
  if (!story) return "done";
  if (story.ended || !story.tokenSealed) {
    await recordStory(ctx, story, "gone");
    return "done";
  }
  const answer = await callGraph({
    method: "GET",
    path: `/${encodeURIComponent(story.externalId)}`,
    params: { fields: "story" },
    token: await pageToken(ctx, { ...story, tokenSealed: story.tokenSealed }),
    timeoutMs: 10_000,
  });
  if (answer.kind !== "answer")
    return { again: 60_000, failed: "Instagram did not tell whether the story still lives." };
  const parsed = body.safeParse(answer.body);
  if (!parsed.success) return { again: 60_000, failed: "Instagram's answer about the story cannot be read." };
  const link = story.relation === "reply" ? parsed.data.story?.reply_to?.link : parsed.data.story?.mention?.link;
  const url = httpUrl(link);
  await recordStory(ctx, story, url ? { url } : "gone");
  return "done";
}

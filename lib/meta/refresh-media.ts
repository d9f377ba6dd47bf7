import { z } from "zod";
import type { Ctx } from "../inbox/context";
import { type MediaMessage, readMediaMessage, recordMedia } from "../inbox/lost-media";
import type { JobOutcome } from "../queue/job";
import { noteRefusal } from "./doctor/note-refusal";
import { callGraph } from "./graph-client";
import { pageToken } from "./page-token";
import { type Address, addressOf } from "./parse-attachments";

type Attachment = MediaMessage["attachments"][number];

const media = z.looseObject({ url: z.unknown().optional() }).nullish();
const body = z.looseObject({
  attachments: z
    .looseObject({
      data: z.array(z.looseObject({ image_data: media, video_data: media, file_url: z.unknown().optional() })),
    })
    .nullish(),
  shares: z.looseObject({ data: z.array(z.looseObject({ link: z.unknown().optional() })) }).nullish(),
});

/** Meta's code for a message that it does not give any more. */
const NO_SUCH_OBJECT = 100;

const MEDIA = new Set(["image", "video", "audio", "file"]);
const SHARED = new Set(["post", "reel", "story"]);

/**
 * Asks Meta for addresses that load again; only addresses are asked for, browsers alone load the media. Of all but
 * the 20 newest messages of a thread Meta tells nothing any more. Then the addresses stay as they are: one browser could
 * not load one of them, and the others may still load.
 */
export async function refreshMedia(ctx: Ctx, input: { workspaceId: string; messageId: string }): Promise<JobOutcome> {
  const message = await readMediaMessage(ctx, input);
  if (!message) return "done";
  if (!message.tokenSealed) return noBetter(ctx, message);
  const answer = await callGraph({
    method: "GET",
    path: `/${encodeURIComponent(message.externalId)}`,
    params: { fields: "attachments,shares" },
    token: await pageToken(ctx, { ...message, tokenSealed: message.tokenSealed }),
    timeoutMs: 10_000,
  });
  if (answer.kind === "error" && (answer.error.class === "permanent" || answer.error.code === NO_SUCH_OBJECT))
    return noBetter(ctx, message);
  if (answer.kind === "error") await noteRefusal(ctx, message, answer.error);
  if (answer.kind === "error") return { again: answer.error.waitMs ?? 60_000, failed: answer.error.words };
  if (answer.kind === "none") return { again: 60_000, failed: answer.words };
  const parsed = body.safeParse(answer.body);
  if (!parsed.success) return { again: 60_000, failed: "Instagram's answer about the media cannot be read." };
  await recordMedia(ctx, message, renewed(message.attachments, parsed.data));
  return "done";
}

async function noBetter(ctx: Ctx, message: MediaMessage): Promise<JobOutcome> {
  await recordMedia(ctx, message, renewed(message.attachments, {}));
  return "done";
}

/** Meta lists media and shared posts apart, each in the order of the message. */
function renewed(attachments: Attachment[], answer: z.output<typeof body>): Attachment[] {
  const loaded = (answer.attachments?.data ?? []).map(
    (one) => one.image_data?.url ?? one.video_data?.url ?? one.file_url,
  );
  const shared = (answer.shares?.data ?? []).map((one) => one.link);
  return attachments.map((attachment) => {
    if (MEDIA.has(attachment.type)) return told(attachment, addressOf(loaded.shift()));
    if (SHARED.has(attachment.type)) return told(attachment, addressOf(shared.shift()));
    return attachment;
  });
}

function told(attachment: Attachment, address: Address): Attachment {
  const { url, awaited, asked: _, ...rest } = attachment;
  if (address.url || address.permalink) return { ...rest, ...address };
  // A story that has ended must not stay on any screen.
  const kept = url && rest.type !== "story" ? { url } : {};
  return { ...rest, ...kept, ...(awaited && { awaited }), asked: true };
}

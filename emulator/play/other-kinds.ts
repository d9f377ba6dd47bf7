import { addMedia } from "../cdn/store-upload";
import type { Emulator } from "../emulator";
import { digits, storyId } from "../ids";
import type { Input } from "../input";
import type { NewMessage } from "../messages/add-message";
import { addMessage } from "../messages/add-message";
import { itemHead } from "../messages/message-item";
import { openThread } from "../messages/open-thread";
import { publish } from "../webhooks/publish";
import type { MediaKind } from "../world/types";
import { say } from "./customer-messages";
import { eventTime, theBusiness, theCustomer } from "./find";
import { pictureMedia } from "./pictures";
import { threadView } from "./views";

const KINDS = [
  "like_heart",
  "voice",
  "video",
  "file",
  "ig_reel",
  "ig_post",
  "share",
  "ig_story",
  "ephemeral",
  "unsupported",
  "postback",
  "referral",
] as const;

/** What else a customer can send; the shapes are those of Meta's webhooks. */
export function other(emulator: Emulator, input: Input) {
  const thread = openThread(emulator, theBusiness(emulator, input).igId, theCustomer(emulator, input).id);
  const kind = input.oneOf("kind", KINDS);
  const at = eventTime(emulator, input);
  if (kind === "postback") {
    const message = addMessage(emulator, thread, { from: "customer", at, text: "Talk to a person" });
    const item = {
      ...itemHead(thread, "customer", at),
      postback: { mid: message.mid, title: "Talk to a person", payload: "HUMAN" },
    };
    return done(
      emulator,
      thread.id,
      message.mid,
      publish(emulator, thread.igId, thread.key, "messaging_postbacks", item),
    );
  }
  if (kind === "referral") {
    const item = {
      ...itemHead(thread, "customer", at),
      referral: { ref: "spring-sale", source: "SHORTLINKS", type: "OPEN_THREAD" },
    };
    return done(emulator, thread.id, null, publish(emulator, thread.igId, thread.key, "messaging_referral", item));
  }
  return say(emulator, thread, { from: "customer", at, ...shape(emulator, kind) });
}

type MessageKind = Exclude<(typeof KINDS)[number], "postback" | "referral">;

function shape(emulator: Emulator, kind: MessageKind): Partial<NewMessage> {
  const picture = () => pictureMedia(emulator, "knit").id;
  switch (kind) {
    case "like_heart":
    case "ephemeral":
      return { attachments: [{ type: kind, mediaId: null }] };
    case "voice":
      return { attachments: [{ type: "audio", mediaId: soundMedia(emulator, "audio") }] };
    case "video":
      return { attachments: [{ type: "video", mediaId: soundMedia(emulator, "video") }] };
    case "file":
      return { attachments: [{ type: "file", mediaId: soundMedia(emulator, "file") }] };
    case "ig_reel":
      return {
        attachments: [
          {
            type: "ig_reel",
            mediaId: picture(),
            title: "How a bowl is thrown",
            payload: { reel_video_id: "18044000011122233" },
          },
        ],
      };
    case "ig_post":
      return {
        attachments: [
          {
            type: "ig_post",
            mediaId: picture(),
            title: "New glaze, new week\n#ceramics",
            payload: { ig_post_media_id: "18055000011122233" },
          },
        ],
      };
    case "share":
      return { attachments: [{ type: "share", mediaId: picture() }] };
    case "ig_story":
      return {
        attachments: [
          {
            type: "ig_story",
            mediaId: picture(),
            urlMember: "story_media_url",
            payload: { story_media_id: storyId() },
          },
        ],
      };
    case "unsupported":
      return { unsupported: true };
  }
}

/** A voice message, and what stands for video and file: all are the same short tone. */
function soundMedia(emulator: Emulator, kind: MediaKind): string {
  const id = digits(`sound:${kind}`, 16);
  if (!emulator.index.media.has(id)) {
    addMedia(emulator, { id, kind, contentType: "audio/wav", source: { drawing: "tone" }, storyId: null });
  }
  return id;
}

function done(emulator: Emulator, threadId: string, mid: string | null, published: { sent: boolean; reason?: string }) {
  const thread = emulator.index.threads.get(threadId);
  return {
    mid,
    thread: thread && threadView(emulator, thread, 50),
    delivery: published.sent ? { sent: true } : { sent: false, reason: published.reason },
  };
}

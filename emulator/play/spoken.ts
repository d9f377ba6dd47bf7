import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import type { NewMessage } from "../messages/add-message";
import type { Thread } from "../world/types";
import { uploadedAttachment } from "./kinds";
import { pictureMedia } from "./pictures";

const MAX_IMAGES = 10;

/** A text, pictures, one other upload, or several of these. */
export function readSpoken(emulator: Emulator, input: Input): Pick<NewMessage, "text" | "attachments"> {
  const text = input.textOr("text");
  const images = input.texts("images") ?? [];
  const mediaId = input.textOr("media");
  if (text === null && images.length === 0 && mediaId === null)
    throw new Refusal(400, "Write a text or choose a picture.");
  if (images.length > MAX_IMAGES) throw new Refusal(400, `At most ${MAX_IMAGES} pictures can be sent at once.`);
  const attachments = images.map((name) => ({ type: "image", mediaId: pictureMedia(emulator, name).id }));
  if (mediaId === null) return { text, attachments };
  const media = emulator.index.media.get(mediaId);
  if (!media) throw new Refusal(404, "There is no such upload.");
  return { text, attachments: [...attachments, uploadedAttachment(media)] };
}

export function replyTarget(thread: Thread, mid: string | null): string | null {
  if (mid !== null && !thread.messages.some((message) => message.mid === mid)) {
    throw new Refusal(404, "The message to reply to is not in this conversation.");
  }
  return mid;
}

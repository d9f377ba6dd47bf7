import { sql } from "drizzle-orm";
import { newId } from "../ids";
import type { Ctx } from "./context";
import type { UsableChannel } from "./read-usable-channel";

export type UploadMedia = "image" | "video" | "audio" | "file";

export type Upload = { id: string; media: UploadMedia; name: string; bytes: number };

/** Remembers a file that is at Meta now; the file itself was never here. */
export async function keepUpload(
  ctx: Ctx,
  channel: UsableChannel,
  file: { media: UploadMedia; contentType: string; name: string; bytes: number; attachmentId: string },
): Promise<Upload> {
  const id = newId();
  await ctx.db.execute(sql`
    insert into upload (workspace_id, id, channel_id, member_id, media, content_type, bytes, name, attachment_id, created_at)
    values (${channel.workspaceId}, ${id}, ${channel.channelId}, ${channel.memberId}, ${file.media}, ${file.contentType}, ${file.bytes},
      ${file.name}, ${file.attachmentId}, desk_now())`);
  return { id, media: file.media, name: file.name, bytes: file.bytes };
}

import type { OutgoingPart } from "@/lib/inbox/outgoing-part";

export type Media = "image" | "video" | "audio" | "file";

/** A file that is at Instagram already and waits for its message. */
export type OutgoingFile = { uploadId: string; media: Media; name: string; bytes: number };

/** Files before the text: the pictures in one message, everything else each in its own. */
export function replyParts(text: string, files: OutgoingFile[], quickReplies: string[] = []): OutgoingPart[] {
  const parts: OutgoingPart[] = mediaGroups(files).map(([first, ...more]) => ({
    type: "media",
    media: first.media,
    uploadIds: [first, ...more].map(({ uploadId }) => uploadId),
  }));
  const words = text.trim();
  if (words === "") return parts;
  const offered = quickReplies.length > 0 ? { quickReplies: quickReplies.map((title) => ({ title })) } : {};
  return [...parts, { type: "text", text: words, ...offered }];
}

/** The files of each message, in the order in which they go out. */
export function mediaGroups<File extends { media: Media }>(files: File[]): [File, ...File[]][] {
  const groups: [File, ...File[]][] = [];
  for (const file of files) {
    const pictures = file.media === "image" && groups.find(([first]) => first.media === "image");
    if (pictures) pictures.push(file);
    else groups.push([file]);
  }
  return groups;
}

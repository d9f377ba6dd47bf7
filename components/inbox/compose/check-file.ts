import { MEDIA_LIMIT_BYTES } from "@/lib/inbox/send-limits";
import type { Media } from "./outgoing-files";

const MB = 1024 * 1024;

/** What Instagram takes; the server looks into the file itself and decides. */
const TYPES: Record<Media, string[]> = {
  image: ["image/png", "image/jpeg", "image/gif"],
  video: ["video/mp4", "video/quicktime", "video/x-msvideo", "video/avi", "video/msvideo", "video/ogg", "video/webm"],
  audio: [
    "audio/mp4",
    "audio/x-m4a",
    "audio/m4a",
    "audio/aac",
    "audio/x-aac",
    "audio/wav",
    "audio/x-wav",
    "audio/wave",
  ],
  file: ["application/pdf"],
};

/** Some systems give a file no type; then its name tells. */
const ENDINGS: Record<string, Media> = {
  png: "image",
  jpg: "image",
  jpeg: "image",
  gif: "image",
  mp4: "video",
  mov: "video",
  avi: "video",
  ogv: "video",
  webm: "video",
  m4a: "audio",
  aac: "audio",
  wav: "audio",
  pdf: "file",
};

export const PHOTO_TYPES = TYPES.image.join(",");
export const ALL_TYPES = Object.values(TYPES).flat().join(",");

/** Whether Instagram takes a file, before anything of it is sent. @param file.size bytes */
export function checkFile(file: { name: string; type: string; size: number }): { media: Media } | { problem: string } {
  const type = file.type.toLowerCase().split(";")[0] ?? "";
  const media = type === "" ? ENDINGS[file.name.split(".").at(-1)?.toLowerCase() ?? ""] : mediaOf(type);
  if (!media) return { problem: refusal(type) };
  if (file.size === 0) return { problem: "The file is empty." };
  const limit = MEDIA_LIMIT_BYTES[media];
  if (file.size > limit) {
    const mb = (file.size / MB).toFixed(1);
    return { problem: `${mb} MB are too much: Instagram takes ${limit / MB} MB. Make it smaller and attach it again.` };
  }
  return { media };
}

function mediaOf(type: string): Media | undefined {
  return (Object.keys(TYPES) as Media[]).find((media) => TYPES[media].includes(type));
}

function refusal(type: string): string {
  if (type.startsWith("image/")) return "Instagram takes pictures as PNG, JPEG or GIF. Save it as one of them.";
  if (type.startsWith("video/")) return "Instagram takes videos as MP4, MOV, AVI, OGG or WebM. Save it as one of them.";
  if (type.startsWith("audio/")) return "Instagram takes sound as M4A, AAC, WAV or MP4. Save it as one of them.";
  return "Instagram takes pictures, videos, sound and PDF. Send a link to this file instead.";
}

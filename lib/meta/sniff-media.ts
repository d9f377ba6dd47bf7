import type { UploadMedia } from "../inbox/keep-upload";

export type Sniffed = { media: UploadMedia; contentType: string };

/** So many first bytes are enough to know every format. */
export const SNIFF_BYTES = 64;

/** Any of these formats is accepted, under the type that belongs to it; `audio` tells a container's sound from its film. */
const FORMATS: { is: (head: Buffer) => boolean; found: (audio: boolean) => Sniffed | { refused: string } }[] = [
  { is: starts("89504e470d0a1a0a"), found: () => ({ media: "image", contentType: "image/png" }) },
  { is: starts("ffd8ff"), found: () => ({ media: "image", contentType: "image/jpeg" }) },
  { is: (head) => /^GIF8[79]a/.test(latin(head)), found: () => ({ media: "image", contentType: "image/gif" }) },
  { is: (head) => latin(head).startsWith("%PDF-"), found: () => ({ media: "file", contentType: "application/pdf" }) },
  { is: (head) => /^RIFF[\s\S]{4}WAVE/.test(latin(head)), found: () => ({ media: "audio", contentType: "audio/wav" }) },
  {
    is: (head) => /^RIFF[\s\S]{4}AVI /.test(latin(head)),
    found: () => ({ media: "video", contentType: "video/x-msvideo" }),
  },
  { is: (head) => latin(head, 4).startsWith("ftypM4A"), found: () => ({ media: "audio", contentType: "audio/mp4" }) },
  {
    is: (head) => latin(head, 4).startsWith("ftypqt"),
    found: () => ({ media: "video", contentType: "video/quicktime" }),
  },
  {
    is: (head) => /^ftyp(heic|heix|mif1|msf1|avif|avis)/.test(latin(head, 4)),
    found: () => refused("Instagram takes pictures as PNG, JPEG or GIF. Save this one as JPEG and attach it again."),
  },
  {
    is: (head) => latin(head, 4).startsWith("ftyp"),
    found: (audio) =>
      audio ? { media: "audio", contentType: "audio/mp4" } : { media: "video", contentType: "video/mp4" },
  },
  // QuickTime from before there was a "ftyp".
  {
    is: (head) => /^(moov|mdat|wide|free|skip)/.test(latin(head, 4)),
    found: () => ({ media: "video", contentType: "video/quicktime" }),
  },
  {
    is: (head) => latin(head).startsWith("OggS"),
    found: (audio) =>
      audio
        ? refused("Instagram takes no Ogg voice messages. Send sound as M4A, AAC, WAV or MP4.")
        : { media: "video", contentType: "video/ogg" },
  },
  {
    is: starts("1a45dfa3"),
    found: (audio) =>
      audio
        ? refused("Instagram takes no WebM voice messages. Send sound as M4A, AAC, WAV or MP4.")
        : { media: "video", contentType: "video/webm" },
  },
  {
    is: (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0,
    found: () => ({ media: "audio", contentType: "audio/aac" }),
  },
  { is: (head) => latin(head).startsWith("ADIF"), found: () => ({ media: "audio", contentType: "audio/aac" }) },
  {
    is: (head) => latin(head).startsWith("ID3") || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0),
    found: () => refused("Instagram takes no MP3. Send sound as M4A, AAC, WAV or MP4."),
  },
  {
    is: (head) => /^RIFF[\s\S]{4}WEBP/.test(latin(head)),
    found: () =>
      refused("Instagram takes pictures as PNG, JPEG or GIF. Save this WebP as one of them and attach it again."),
  },
  {
    is: (head) => /^\uFEFF?\s*<(\?xml|svg|!--|!doctype svg)/i.test(head.toString("utf8")),
    found: () => refused("Instagram takes no SVG. Save the drawing as PNG and attach it again."),
  },
];

/** What Instagram takes, in words, for everything else. */
const UNKNOWN =
  "Instagram takes pictures (PNG, JPEG, GIF), videos (MP4, MOV, AVI, OGG, WebM), sound (M4A, AAC, WAV, MP4) and PDF. This file is none of them.";

/**
 * What a file is by its first bytes, whatever its name says.
 * @param declared the type that the browser gave; it decides only whether a container holds sound alone
 */
export function sniffMedia(head: Buffer, declared: string): Sniffed | { refused: string } {
  const found = FORMATS.find(({ is }) => is(head))?.found(/^audio\//i.test(declared)) ?? refused(UNKNOWN);
  if ("refused" in found) return found;
  const family = /^(image|video|audio)\//i.exec(declared)?.[1]?.toLowerCase() ?? fileFamily(declared);
  if (family !== null && family !== found.media)
    return refused(
      `The file calls itself ${declared.slice(0, 60)}, but it is ${found.contentType}. Attach the right file.`,
    );
  return found;
}

function fileFamily(declared: string): "file" | null {
  return /^application\/pdf\b/i.test(declared) ? "file" : null;
}

function refused(words: string): { refused: string } {
  return { refused: words };
}

function starts(hex: string): (head: Buffer) => boolean {
  const magic = Buffer.from(hex, "hex");
  return (head) => head.subarray(0, magic.length).equals(magic);
}

function latin(head: Buffer, from = 0): string {
  return head.toString("latin1", from);
}

/** Formats that Instagram refuses and browsers show: what a file is by its first bytes. */
const FORMATS: [RegExp, string][] = [
  [/^RIFF[\s\S]{4}WEBP/, "image/webp"],
  [/^[\s\S]{4}ftyp(avif|avis)/, "image/avif"],
  [/^[\s\S]{4}ftyp(heic|heix|mif1|msf1)/, "image/heic"],
  [/^(ID3|\xff[\xe2-\xef\xf2-\xf7\xfa-\xff])/, "audio/mpeg"],
];

/** Everything else is a download, whatever it calls itself: HTML and SVG would run in the reader's browser. */
export function otherMediaType(head: Buffer): string {
  const text = head.toString("latin1");
  return FORMATS.find(([begins]) => begins.test(text))?.[1] ?? "application/octet-stream";
}

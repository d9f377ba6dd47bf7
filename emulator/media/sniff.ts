/** What a file is by its first bytes, whatever it calls itself; null for anything a message cannot carry. */
export function sniff(bytes: Buffer): string | null {
  const text = (from: number, to: number) => bytes.toString("latin1", from, to);
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "image/png";
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  if (text(0, 6) === "GIF87a" || text(0, 6) === "GIF89a") return "image/gif";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "image/webp";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WAVE") return "audio/wav";
  if (text(0, 4) === "RIFF" && text(8, 11) === "AVI") return "video/x-msvideo";
  if (text(4, 8) === "ftyp") return isoMedia(text(8, 12));
  if (bytes.subarray(0, 4).equals(Buffer.from([0x1a, 0x45, 0xdf, 0xa3]))) return "video/webm";
  if (text(0, 4) === "OggS") return "video/ogg";
  if (text(0, 5) === "%PDF-") return "application/pdf";
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0) return "audio/aac";
  return null;
}

function isoMedia(brand: string): string {
  if (brand.startsWith("M4A") || brand.startsWith("M4B")) return "audio/mp4";
  return brand === "qt  " ? "video/quicktime" : "video/mp4";
}

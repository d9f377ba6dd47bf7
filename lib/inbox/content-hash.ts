import { sha256 } from "../crypto";

/** What two texts have in common when Instagram treats them as the same message: form and white space do not count. */
export function contentHash(text: string): Buffer {
  return sha256(text.normalize("NFC").replace(/\s+/gu, " ").trim());
}

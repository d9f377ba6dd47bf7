/** One or two letters that stand for a name; "@nora.ceramics" gives "NC", a nameless number its last digits. */
export function initialsOf(name: string): string {
  const digits = /…(\d+)$/.exec(name);
  if (digits?.[1]) return digits[1].slice(-2);
  const words = name
    .replace(/^@/, "")
    .split(/[\s._-]+/u)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? "")
    .filter(Boolean);
  const first = words[0] ?? "?";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return (first + last).toLocaleUpperCase("en");
}

/** A hue in degrees, the same for the same id everywhere. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (const character of id) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 16777619);
  }
  return (hash >>> 0) % 360;
}

/** Ids of the public API: 24 hexadecimal digits, the first 96 bits of ours, so that both sort alike and none needs a table. */
export function publicId(id: string): string {
  return id.replaceAll("-", "").slice(0, 24);
}

const PUBLIC_ID = /^[0-9a-f]{24}$/;

/** Every id with this public form lies between these two, both included; null for what is no id. */
export function idRange(given: string): { from: string; to: string } | null {
  if (!PUBLIC_ID.test(given)) return null;
  const start = `${given.slice(0, 8)}-${given.slice(8, 12)}-${given.slice(12, 16)}-${given.slice(16, 20)}-${given.slice(20)}`;
  return { from: `${start}00000000`, to: `${start}ffffffff` };
}

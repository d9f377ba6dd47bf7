import { z } from "zod";

/** Meta's ids are strings; old payloads carry numbers, which are read only where that loses nothing. */
export const metaId = z.union([
  z
    .string()
    .min(1)
    .max(500)
    .refine((id) => id.isWellFormed() && !id.includes("\u0000"), "characters that no id has"),
  z.number().refine(Number.isSafeInteger, "a number that large was already rounded").transform(String),
]);

/** Text as PostgreSQL can keep it: no NUL, no lone surrogates. */
export function storable(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}

/** The beginning of a text, cut before it is made storable: the cut may part a surrogate pair. */
export function storableStart(text: string, characters: number): string {
  return storable(text.slice(0, characters));
}

/** An address a browser may load; anything else (javascript:, data:, relative) is no address. */
export function httpUrl(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 4000) return undefined;
  const url = storable(value);
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

const EARLIEST = Date.UTC(2010, 0, 1);
const DAY = 24 * 60 * 60 * 1000;

/** Meta's moment: milliseconds, seconds in `changes` and tests, ISO from relays. Out of reason: the fallback. */
export function metaTime(value: unknown, receivedAt: Date): Date {
  const number = typeof value === "string" && !/^\d+$/.test(value) ? Date.parse(value) : Number(value);
  const ms = number < 1e11 ? number * 1000 : number;
  return Number.isFinite(ms) && ms >= EARLIEST && ms <= receivedAt.getTime() + DAY ? new Date(ms) : receivedAt;
}

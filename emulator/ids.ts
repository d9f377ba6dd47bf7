import { createHmac, randomBytes, randomInt } from "node:crypto";

const THREAD_BASE = 340282366841710300949128000000000000000n;

/** Meta's base64 variant: `Z` is the escape, `=`, `+` and `/` never appear. */
export function metaEncode(plain: string): string {
  return Buffer.from(plain)
    .toString("base64")
    .replaceAll("Z", "ZA")
    .replaceAll("+", "ZB")
    .replaceAll("/", "ZC")
    .replaceAll("=", "ZD");
}

export function metaDecode(encoded: string): string {
  const base64 = encoded.replace(
    /Z([ABCD])/g,
    (_, letter: string) => ({ A: "Z", B: "+", C: "/", D: "=" })[letter] ?? "",
  );
  return Buffer.from(base64, "base64").toString();
}

/** Digits that depend on nothing but `name`, so that a fresh world has the same ids everywhere. */
export function digits(name: string, length: number): string {
  const hex = createHmac("sha256", "emulator").update(name).digest("hex");
  const number = BigInt(`0x${hex}`)
    .toString()
    .padStart(length + 1, "7");
  const body = number.slice(-(length - 1));
  return `${1 + (Number(number[0]) % 9)}${body}`;
}

export const pageIdFor = (name: string): string => digits(`page:${name}`, 16);
export const igIdFor = (username: string): string => `17841${digits(`ig:${username}`, 12)}`;
export const personIdFor = (name: string): string => `10${digits(`person:${name}`, 15)}`;
export const portfolioIdFor = (name: string): string => digits(`portfolio:${name}`, 15);
/** The same customer has another id for every business account. */
export const igsidFor = (igId: string, customerId: string): string => digits(`igsid:${igId}:${customerId}`, 16);

export function threadKeyFor(igId: string, customerId: string): string {
  return (THREAD_BASE + BigInt(digits(`thread:${igId}:${customerId}`, 15))).toString();
}

export function conversationId(igId: string, threadKey: string): string {
  return metaEncode(`ig_dm:1:IGMessageThread:${igId}:${threadKey}`);
}

let microsecond = 0;

/** A message id whose item id carries `at` in microseconds in its upper 64 bits, as Meta's does. */
export function messageId(igId: string, threadKey: string, at: number): string {
  microsecond = (microsecond + 1) % 1000;
  const time = BigInt(Math.trunc(at)) * 1000n + BigInt(microsecond);
  const item = (time << 64n) | randomBytes(8).readBigUInt64BE();
  return metaEncode(`ig_dm_item:1:IGMessageID:${igId}:${threadKey}:${item}`);
}

/** The send time in milliseconds that a message id carries. */
export function messageIdTime(mid: string): number {
  const item = BigInt(metaDecode(mid).split(":").at(-1) ?? "0");
  return Number((item >> 64n) / 1000n);
}

export const storyId = (): string => `180${randomDigits(14)}`;
export const assetId = (): string => `${randomInt(1, 10)}${randomDigits(15)}`;
export const deliveryId = (): string => randomBytes(8).toString("hex");
export const authorizationCode = (): string => `AQ${randomWord(180)}`;
export const accessToken = (): string => `EAAG${randomWord(170)}ZDZD`;
export const fbTraceId = (): string => `A${randomBytes(17).toString("base64url").slice(0, 22)}`;

function randomDigits(length: number): string {
  return Array.from({ length }, () => randomInt(10)).join("");
}

function randomWord(length: number): string {
  return randomBytes(length)
    .toString("base64")
    .replace(/[+/=Z]/g, "A")
    .slice(0, length);
}

import { randomBytes } from "node:crypto";
import { now } from "./time";

let lastMs = 0;
let counter = 0;

/** A UUIDv7: time-ordered, so index pages fill from one end. Ids never order anything that a person sees. */
export function newId(): string {
  const ms = Math.max(now(), lastMs);
  counter = ms === lastMs ? counter + 1 : randomBytes(2).readUInt16BE() & 0x07ff;
  lastMs = ms;
  if (counter > 0x0fff) {
    lastMs += 1;
    counter = 0;
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a string from outside has the form of an id; anything else is answered like an absent one. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}

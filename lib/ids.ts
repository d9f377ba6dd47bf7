import { randomUUID } from "node:crypto";
import { now } from "./time";

let lastMs = 0;
let counter = 0;

/** A UUIDv7: time-ordered, so index pages fill from one end. Ids never order anything that a person sees. */
export function newId(): string {
  const ms = Math.max(now(), lastMs);
  counter = ms === lastMs ? counter + 1 : Number.parseInt(randomUUID().slice(0, 3), 16) & 0x07ff;
  lastMs = ms;
  if (counter > 0x0fff) {
    lastMs += 1;
    counter = 0;
  }
  const time = lastMs.toString(16).padStart(12, "0");
  // The random half of a version 4, whose entropy Node fetches in stock: a system call for each id costs more than the id.
  return `${time.slice(0, 8)}-${time.slice(8)}-${(0x7000 | counter).toString(16)}-${randomUUID().slice(19)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a string from outside has the form of an id; anything else is answered like an absent one. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}

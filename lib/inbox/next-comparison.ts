import { sha256 } from "../crypto";
import { DAY, HOUR } from "../time";

/** Between 1 and 5 in the morning, UTC; each channel at its own time, so that an installation does not ask Meta all at once. */
const FROM = HOUR;
const SPREAD = 4 * HOUR;

/** When a channel is compared with Meta's conversations next. */
export function nextComparison(channelId: string, after: Date): Date {
  const offset = FROM + (sha256(channelId).readUInt32BE() % SPREAD);
  const today = Math.floor(after.getTime() / DAY) * DAY + offset;
  return new Date(today > after.getTime() ? today : today + DAY);
}

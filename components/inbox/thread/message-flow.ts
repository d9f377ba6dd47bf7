import type { MessageRow } from "@/lib/inbox/types";
import { HOUR, MINUTE } from "@/lib/time";
import { calendarDay, dayName, timeOfDay } from "../words/time-words";
import type { Bubble } from "./bubbles";

const GROUP_WINDOW = 5 * MINUTE;
const PAUSE = HOUR;

export type FlowItem = {
  bubble: Bubble;
  /** A line above: the day, or the time after a pause. */
  divider: string | null;
  /** Who wrote, when that is not plain from where it stands; only at the start of a group. */
  author: string | null;
  startsGroup: boolean;
  endsGroup: boolean;
};

/** Bubbles as they stand under each other: days and pauses between them, one sender's quick succession joined. */
export function messageFlow(bubbles: Bubble[], view: { now: number; zone: string; memberId: string }): FlowItem[] {
  const items: FlowItem[] = [];
  let lastOwnAuthor: string | null = view.memberId;
  for (const [index, bubble] of bubbles.entries()) {
    const message = bubble.first;
    const previous = bubbles[index - 1]?.first;
    const divider = dividerBetween(previous, message, view);
    const startsGroup = divider !== null || !previous || !sameGroup(previous, message);
    const last = items.at(-1);
    if (last && startsGroup) last.endsGroup = true;
    let author: string | null = null;
    if (message.direction === "out") {
      const key = authorKey(message);
      const mine = key === view.memberId;
      if (startsGroup && (!mine || key !== lastOwnAuthor)) author = authorName(message, view.memberId);
      lastOwnAuthor = key;
    }
    items.push({ bubble, divider, author, startsGroup, endsGroup: index === bubbles.length - 1 });
  }
  return items;
}

function dividerBetween(
  previous: MessageRow | undefined,
  message: MessageRow,
  { now, zone }: { now: number; zone: string },
): string | null {
  const label = () => `${dayName(message.sentAt, now, zone)} ${timeOfDay(message.sentAt, zone)}`;
  if (!previous || calendarDay(previous.sentAt, zone) !== calendarDay(message.sentAt, zone)) return label();
  return message.sentAt - previous.sentAt > PAUSE ? label() : null;
}

function sameGroup(previous: MessageRow, message: MessageRow): boolean {
  return (
    previous.direction === message.direction &&
    authorKey(previous) === authorKey(message) &&
    message.sentAt - previous.sentAt <= GROUP_WINDOW
  );
}

function authorKey(message: MessageRow): string {
  return message.origin === "instagram" ? "instagram" : (message.author?.id ?? "desk");
}

function authorName(message: MessageRow, memberId: string): string | null {
  if (message.origin === "instagram") return "From Instagram app";
  if (message.author?.id === memberId) return "You";
  return message.author?.name ?? null;
}

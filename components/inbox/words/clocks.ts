import { answerDue, replyWindow } from "@/lib/inbox/reply-window";
import type { ConversationRow } from "@/lib/inbox/types";
import { HOUR } from "@/lib/time";
import { durationInWords, moment, shortDuration } from "./time-words";

/** A clock with less than this left turns amber. */
const SOON = 2 * HOUR;

export type Urgency = "quiet" | "soon" | "late";

export type RowClock = { short: string; words: string; urgency: Urgency };

/** The one clock a row has room for: the answer that is due, else how long Instagram still takes one, which presses nobody. */
export function rowClock(row: Pick<ConversationRow, "unansweredSince" | "lastCustomerAt">, now: number): RowClock {
  const window = replyWindow(row.lastCustomerAt, now);
  // Past the window nobody can answer any more, so a due answer is no longer anyone's task.
  if (window.state === "closed") return { short: "closed", words: "reply window closed", urgency: "quiet" };
  const due = answerDue(row.unansweredSince);
  if (due !== null && due <= now) {
    const late = now - due;
    return {
      short: `overdue ${shortDuration(late)}`,
      words: `answer overdue by ${durationInWords(late)}`,
      urgency: "late",
    };
  }
  if (due !== null) {
    const left = due - now;
    return {
      short: `due ${shortDuration(left)}`,
      words: `answer due in ${durationInWords(left)}`,
      urgency: urgencyOf(left),
    };
  }
  const left = window.until - now;
  const inWords = durationInWords(left);
  return window.state === "open"
    ? { short: `${shortDuration(left)} left`, words: `reply within ${inWords}`, urgency: "quiet" }
    : {
        short: `late reply, ${shortDuration(left)} left`,
        words: `late replies of people for ${inWords}`,
        urgency: "quiet",
      };
}

export type WindowLine = {
  state: "open" | "people_only" | "closed";
  text: string;
  /** The same for whoever has nothing to answer. */
  quiet: string;
  more: string;
  urgency: Urgency;
};

/** Instagram's rule, from the customer's last message. */
export function windowLine(lastCustomerAt: number | null, now: number, zone: string): WindowLine {
  const window = replyWindow(lastCustomerAt, now);
  if (window.state === "closed") {
    return {
      state: "closed",
      text: "Window closed",
      quiet: "Window closed",
      more:
        lastCustomerAt === null
          ? "Instagram lets you write once the customer has written."
          : "Instagram takes replies for 7 days after the customer's last message. It opens again as soon as they write.",
      urgency: "quiet",
    };
  }
  const left = window.until - now;
  if (window.state === "open") {
    return {
      state: "open",
      text: `Reply within ${shortDuration(left)}`,
      quiet: `Open until ${moment(window.until, now, zone)}`,
      more: "After that, a human agent has 6 more days.",
      urgency: urgencyOf(left),
    };
  }
  const text = `Human agent replies until ${moment(window.until, now, zone)}`;
  return {
    state: "people_only",
    text,
    quiet: text,
    more: "More than 24 hours have passed, so Instagram takes replies written by people only.",
    urgency: "soon",
  };
}

export type AnswerLine = { text: string; urgency: Urgency };

/** The brand's commitment, from the oldest unanswered message; null when nothing waits for an answer. */
export function answerLine(unansweredSince: number | null, now: number): AnswerLine | null {
  const due = answerDue(unansweredSince);
  if (due === null) return null;
  return due > now
    ? { text: `Answer due in ${shortDuration(due - now)}`, urgency: urgencyOf(due - now) }
    : { text: `Answer due ${shortDuration(now - due)} ago, overdue`, urgency: "late" };
}

function urgencyOf(left: number): Urgency {
  return left < SOON ? "soon" : "quiet";
}

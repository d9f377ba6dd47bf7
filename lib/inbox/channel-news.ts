import type { ChannelRow } from "./types";

const DAY_MS = 24 * 60 * 60 * 1000;
/** From so long before its end on, the end of a key is counted down to who can reconnect. */
const COUNTED_DAYS = 14;
/** And to everybody else: those who can may be away. */
const COUNTED_DAYS_FOR_ALL = 7;

/** What a person at the desk has to know of an account's connection, and what they can do about it. */
export type ChannelNews = {
  channelId: string;
  tone: "bad" | "warn";
  title: string;
  text: string;
  /** "reconnect" goes to Facebook at once, "look" to what the doctor says; null: not theirs to do. */
  mend: "reconnect" | "ask_again" | "look" | null;
};

/** @param manages whether the reader may mend it. @param now milliseconds since 1970. @returns null when there is nothing to say */
export function channelNews(channel: ChannelRow, manages: boolean, now: number): ChannelNews | null {
  const { id: channelId, username, state, problem, problemCode } = channel;
  const mend = mendOf(channel);
  if (state === "broken") {
    const title = `Messages of @${username} cannot be answered`;
    if (!manages) return { channelId, tone: "bad", title, text: ASK, mend: null };
    return { channelId, tone: "bad", title, text: problem ?? "Reconnect the account.", mend };
  }
  if (state !== "healthy") return null;
  if (problemCode !== null && problem !== null) {
    const title =
      problemCode === "human_agent"
        ? `Late replies of @${username} are refused`
        : `New messages of @${username} may not arrive`;
    if (manages) return { channelId, tone: "warn", title, text: problem, mend };
    return problemCode === "human_agent" ? null : { channelId, tone: "warn", title, text: ASK, mend: null };
  }
  if (channel.endsAt === null) return null;
  const days = Math.ceil((channel.endsAt - now) / DAY_MS);
  if (days > (manages ? COUNTED_DAYS : COUNTED_DAYS_FOR_ALL)) return null;
  const title = days > 0 ? `The key to @${username} ends ${inDays(days)}` : `The key to @${username} has ended`;
  if (!manages) return { channelId, tone: "warn", title, text: ASK_TO_RECONNECT, mend: null };
  const text = "Reconnect it, and nothing is interrupted.";
  return { channelId, tone: "warn", title, text, mend: "reconnect" };
}

const ASK = "An owner or admin of this desk can mend it.";
const ASK_TO_RECONNECT = "An owner or admin of this desk can reconnect it, and nothing is interrupted.";

/** Found when logging in again cannot help, or not yet: the app itself is at fault, or the person's own account. */
const NOT_BY_LOGIN = new Set(["app_secret", "app_blocked", "app_development", "checkpoint", "unconfirmed"]);

function mendOf({ problemCode, problemDetail }: ChannelRow): ChannelNews["mend"] {
  if (problemDetail !== null && NOT_BY_LOGIN.has(problemDetail)) return "look";
  if (problemCode === "sign_in" || problemCode === "token" || problemCode === null) return "reconnect";
  return problemCode.startsWith("permission:") ? "ask_again" : "look";
}

function inDays(days: number): string {
  return days === 1 ? "within a day" : `in ${days} days`;
}

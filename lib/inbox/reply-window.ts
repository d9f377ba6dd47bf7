const HOURS_24 = 24 * 60 * 60 * 1000;
const DAYS_7 = 7 * HOURS_24;

export type ReplyWindow =
  /** Anyone may reply, until `until`. */
  | { state: "open"; until: number }
  /** Only a person may reply, until `until`. */
  | { state: "people_only"; until: number }
  | { state: "closed" };

/** Instagram's rule: 24 hours from the customer's last message, then 7 days for people only. Times in ms. */
export function replyWindow(lastCustomerAt: number | null, now: number): ReplyWindow {
  if (lastCustomerAt === null) return { state: "closed" };
  if (now <= lastCustomerAt + HOURS_24) return { state: "open", until: lastCustomerAt + HOURS_24 };
  if (now <= lastCustomerAt + DAYS_7) return { state: "people_only", until: lastCustomerAt + DAYS_7 };
  return { state: "closed" };
}

/** The brand's commitment: an answer within 24 hours of the oldest unanswered message. */
export function answerDue(unansweredSince: number | null): number | null {
  return unansweredSince === null ? null : unansweredSince + HOURS_24;
}

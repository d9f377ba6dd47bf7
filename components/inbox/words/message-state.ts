import type { MessageRow } from "@/lib/inbox/types";

export type StateWord = "Sending" | "Sent" | "Seen" | "Not sent" | "Not confirmed";

/** Where an own message stands, in the one word that is shown for it. */
export function stateWord(message: Pick<MessageRow, "state" | "sentAt">, seenThroughAt: number | null): StateWord {
  switch (message.state) {
    case "queued":
    case "dispatching":
      return "Sending";
    case "failed":
      return "Not sent";
    case "unconfirmed":
      return "Not confirmed";
    case "sent":
    case "received":
      return seenThroughAt !== null && message.sentAt <= seenThroughAt ? "Seen" : "Sent";
  }
}

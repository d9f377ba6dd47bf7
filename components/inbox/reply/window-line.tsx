"use client";

import { Clock, Hourglass } from "lucide-react";
import type { ConversationRow } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { useInbox, useNow } from "../inbox-context";
import { answerLine, type Urgency, windowLine } from "../words/clocks";

const TONES: Record<Urgency, string> = { quiet: "text-soft", soon: "text-warn", late: "text-bad" };

/** The two clocks of a conversation side by side: Instagram's window and the brand's own promise. Never announced. */
export function WindowLine({ conversation }: { conversation: ConversationRow }) {
  const { zone } = useInbox();
  const now = useNow();
  const window = windowLine(conversation.lastCustomerAt, now, zone);
  const answer = answerLine(conversation.unansweredSince, now);
  const pressing = window.urgency !== "quiet" || (answer !== null && answer.urgency !== "quiet");
  return (
    <div
      className={cx(
        "tabular mx-3 flex flex-wrap items-center gap-x-4 gap-y-0.5 rounded-t-xl px-3 py-1.5 text-xs",
        pressing ? "bg-warn-soft" : "bg-theirs",
      )}
    >
      <span title={window.more} className={cx("flex items-center gap-1.5", TONES[window.urgency])}>
        <Hourglass aria-hidden="true" className="size-3.5 shrink-0 stroke-[1.8]" />
        {window.text}
      </span>
      {answer && (
        <span
          title="24 hours from the oldest message without an answer"
          className={cx("ml-auto flex items-center gap-1.5", TONES[answer.urgency])}
        >
          <Clock aria-hidden="true" className="size-3.5 shrink-0 stroke-[1.8]" />
          {answer.text}
        </span>
      )}
    </div>
  );
}

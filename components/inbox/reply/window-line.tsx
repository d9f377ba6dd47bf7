"use client";

import { Clock, Hourglass } from "lucide-react";
import type { ConversationRow } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { useChannels, useInbox, useNow } from "../inbox-context";
import { answerLine, type Urgency, windowLine } from "../words/clocks";

const TONES: Record<Urgency, string> = { quiet: "text-soft", soon: "text-warn", late: "text-bad" };

/**
 * The clock that counts now: the brand's own promise while an answer is due, else how long Instagram takes one. Both
 * stand side by side only where they tell different things: the answer is late, and people may still give it. Never announced.
 */
export function WindowLine({ conversation }: { conversation: ConversationRow }) {
  const { zone } = useInbox();
  const now = useNow();
  const channel = useChannels().find(({ id }) => id === conversation.channelId);
  const window = windowLine(conversation.lastCustomerAt, now, zone);
  const answer = answerLine(conversation.unansweredSince, now);
  const refused = window.state === "people_only" && channel?.problemCode === "human_agent";
  const covered = answer !== null && answer.urgency !== "late" && window.state === "open";
  const pressing = refused || (answer !== null && answer.urgency !== "quiet");
  const words = answer ? window.text : window.quiet;
  return (
    <div
      className={cx(
        "tabular mx-3 flex flex-wrap items-center gap-x-4 gap-y-0.5 rounded-t-xl px-3 py-1.5 text-xs",
        pressing ? "bg-warn-soft" : "bg-theirs",
      )}
    >
      {refused ? (
        <span title={REFUSED_MORE} className="flex items-center gap-1.5 text-warn">
          <Hourglass aria-hidden="true" className="size-3.5 shrink-0 stroke-[1.8]" />
          {REFUSED}
        </span>
      ) : (
        <span
          title={window.more}
          className={cx(
            covered ? "sr-only" : "flex items-center gap-1.5",
            TONES[answer && !covered ? window.urgency : "quiet"],
          )}
        >
          <Hourglass aria-hidden="true" className="size-3.5 shrink-0 stroke-[1.8]" />
          {words === window.text ? words : <Quietly shown={words} said={window.text} />}
        </span>
      )}
      {answer && (
        <span
          title={`24 hours from the oldest message without an answer. ${covered ? `Instagram: ${window.text.toLowerCase()}.` : ""}`}
          className={cx("flex items-center gap-1.5", !covered && "ml-auto", TONES[answer.urgency])}
        >
          <Clock aria-hidden="true" className="size-3.5 shrink-0 stroke-[1.8]" />
          {answer.text}
        </span>
      )}
    </div>
  );
}

const REFUSED = "Instagram refuses late replies until this desk’s app has the human agent feature";
const REFUSED_MORE =
  "More than 24 hours have passed. Meta has to grant the Facebook app the feature “Human Agent”; until then the customer has to write again.";

/** For eyes when it ends; for ears how long it lasts. */
function Quietly({ shown, said }: { shown: string; said: string }) {
  return (
    <>
      <span aria-hidden="true">{shown}</span>
      <span className="sr-only">{said}</span>
    </>
  );
}

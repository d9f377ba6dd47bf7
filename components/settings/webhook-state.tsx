"use client";

import { LocalTime } from "@/components/channels/local-time";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { WebhookOverview } from "@/lib/webhooks/list-webhooks";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";
import { useRefreshSoon } from "./use-refresh-soon";

type WebhookStateProps = {
  webhook: WebhookOverview;
  /** Milliseconds since 1970, by the desk's clock. */
  now: number;
  resume: (id: string) => Promise<Answer>;
};

/** A shorter trouble mends itself before anybody has to know. */
const WORTH_A_NOTICE_MS = 15 * 60_000;

/** How a webhook is doing, in words; with how to mend it when it does badly. */
export function WebhookState({ webhook, now, resume }: WebhookStateProps) {
  const { id, disabledReason, failingSince, resumeAt, lastReason, missed } = webhook;
  const { busy, problem, run } = useAnswer();
  const { soon, refreshSoon } = useRefreshSoon();
  const act = (label: string) => (
    <Button size="sm" busy={busy || soon} onClick={() => run(() => resume(id), refreshSoon)}>
      {label}
    </Button>
  );
  const said = problem && <p className="text-bad">{problem}</p>;
  if (disabledReason !== null)
    return (
      <Notice tone="warn" title="Switched off" action={act("Switch on again")}>
        {disabledReason} Switch it on when the program behind it is back
        {missed > 0 ? "; what it missed can be replayed then." : "."}
        {said}
      </Notice>
    );
  if (failingSince === null) return <p className="text-sm text-soft">It is told everything as it happens.</p>;
  const long = now - failingSince >= WORTH_A_NOTICE_MS;
  return (
    <Notice
      tone={long ? "bad" : "warn"}
      title={
        <>
          {long ? "Failing" : "Resting"} since <LocalTime at={failingSince} />
        </>
      }
      action={act("Try now")}
    >
      {lastReason ?? "The last attempt failed."}{" "}
      {resumeAt !== null && resumeAt > now ? (
        <>
          The next attempt is at <LocalTime at={resumeAt} />.
        </>
      ) : (
        "The next attempt is due now."
      )}{" "}
      {long &&
        "Look whether the program at this address runs, can be reached from here and answers with 200 within 20 seconds; then try now. Nothing is lost: everything waits, in order, for three days."}
      {said}
    </Notice>
  );
}

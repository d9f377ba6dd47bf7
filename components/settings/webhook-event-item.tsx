"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ToldEvent } from "@/lib/webhooks/list-attempts";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";
import { useRefreshSoon } from "./use-refresh-soon";

type WebhookEventItemProps = {
  event: ToldEvent;
  replay: () => Promise<Answer<number>>;
  show: () => Promise<Answer<string>>;
};

const STATES = { pending: "waits", delivered: "told", failed: "missed" };

/** One event: its payload as it would be told now, and telling it again. */
export function WebhookEventItem({ event: { trigger, state }, replay, show }: WebhookEventItemProps) {
  const [shown, setShown] = useState<string | null>(null);
  const [again, setAgain] = useState(false);
  const { busy, problem, run } = useAnswer();
  const { refreshSoon } = useRefreshSoon();
  const told = () => {
    setAgain(true);
    refreshSoon();
  };
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-48 break-all text-sm">
          {trigger} <span className="text-faint">{STATES[state]}</span>
        </p>
        <Button
          size="sm"
          variant="quiet"
          aria-expanded={shown !== null}
          onClick={() => (shown === null ? run(show, setShown) : setShown(null))}
        >
          {shown === null ? "Show" : "Hide"}
        </Button>
        <Button size="sm" variant="quiet" busy={busy} onClick={() => run(replay, told)}>
          Replay
        </Button>
      </div>
      {problem && (
        <p role="alert" className="text-bad text-sm">
          {problem}
        </p>
      )}
      {again && !problem && (
        <p role="status" className="text-sm text-soft">
          It is told again.
        </p>
      )}
      {shown !== null && (
        <>
          <p className="mt-1 text-faint text-xs">As it would be told now; what was said is read anew each time.</p>
          <pre className="mt-1 max-h-80 overflow-auto whitespace-pre-wrap break-all rounded-control bg-ground p-3 font-mono text-xs">
            {shown}
          </pre>
        </>
      )}
    </li>
  );
}

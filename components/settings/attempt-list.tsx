"use client";

import { LocalTime } from "@/components/channels/local-time";
import { Badge, type Tone } from "@/components/ui/badge";
import type { AttemptRow } from "@/lib/webhooks/list-attempts";
import type { Answer } from "./answer";
import type { Replay } from "./replay-webhook";
import { WebhookEventItem } from "./webhook-event-item";

type AttemptListProps = {
  webhookId: string;
  attempts: AttemptRow[];
  replay: Replay;
  show: (id: string, number: number) => Promise<Answer<string>>;
};

const OUTCOMES: Record<AttemptRow["outcome"], { label: string; tone: Tone }> = {
  delivered: { label: "Told", tone: "good" },
  again: { label: "Tried again later", tone: "warn" },
  failed: { label: "Given up", tone: "bad" },
};

export function AttemptList({ webhookId, attempts, replay, show }: AttemptListProps) {
  return (
    <ul aria-label="Attempts" className="-my-3 divide-y divide-line">
      {attempts.map(({ id, at, status, durationMs, outcome, reason, count, events }) => (
        <li key={id} className="py-3">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <Badge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].label}</Badge>
            <p className="font-medium text-sm">
              <LocalTime at={at} />
            </p>
            <p className="text-faint text-sm tabular-nums">
              {status === null ? "no answer" : `status ${status}`} · {duration(durationMs)}
            </p>
          </div>
          {reason !== null && <p className="mt-1 break-words text-sm text-soft">{reason}</p>}
          <details className="mt-1">
            <summary className="w-fit cursor-pointer break-words text-sm text-soft hover:text-ink">
              {kindsOf(count, events)}
            </summary>
            {events.length < count && (
              <p className="mt-2 text-faint text-sm">{count - events.length} of them are not kept any more.</p>
            )}
            <ul aria-label="Events" className="mt-1 divide-y divide-line border-line border-l-2 pl-3">
              {events.map((event) => (
                <WebhookEventItem
                  key={event.number}
                  event={event}
                  replay={() => replay(webhookId, { number: event.number })}
                  show={() => show(webhookId, event.number)}
                />
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  );
}

/** "3 events: 2 × conversation:message, conversation:create" */
function kindsOf(count: number, events: { trigger: string }[]): string {
  const counts = new Map<string, number>();
  for (const { trigger } of events) counts.set(trigger, (counts.get(trigger) ?? 0) + 1);
  const kinds = [...counts].map(([trigger, times]) => (times === 1 ? trigger : `${times} × ${trigger}`)).join(", ");
  return `${count === 1 ? "1 event" : `${count} events`}${kinds && `: ${kinds}`}`;
}

function duration(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

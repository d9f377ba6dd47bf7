"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import type { WebhookOverview } from "@/lib/webhooks/list-webhooks";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";
import { useRefreshSoon } from "./use-refresh-soon";

/** Times are milliseconds since 1970. */
export type ReplayChoice = { number: number } | { from: number; to: number } | "missed";

export type Replay = (id: string, choice: ReplayChoice) => Promise<Answer<number>>;

type ReplayWebhookProps = { webhook: WebhookOverview; replay: Replay };

/** What waits, and telling again what was told or missed. */
export function ReplayWebhook({ webhook: { id, waiting, missed, disabledReason }, replay }: ReplayWebhookProps) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [again, setAgain] = useState<number | null>(null);
  const { busy, problem, run } = useAnswer();
  const { refreshSoon } = useRefreshSoon();
  const tell = (choice: ReplayChoice) =>
    run(
      () => replay(id, choice),
      (count) => {
        setAgain(count);
        refreshSoon();
      },
    );
  const off = disabledReason !== null;
  return (
    <Card
      title="Tell again"
      description={`${countWords(waiting, "waits", "wait")} to be told. ${countWords(missed, "was", "were")} missed. An event keeps its id, so a program knows it again.`}
      actions={
        missed > 0 && (
          <Button size="sm" busy={busy} disabled={off} onClick={() => tell("missed")}>
            Replay everything missed
          </Button>
        )
      }
    >
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          tell({ from: new Date(from).getTime(), to: new Date(to).getTime() });
        }}
      >
        <TextField
          className="min-w-48 flex-1"
          label="From"
          type="datetime-local"
          required
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          className="min-w-48 flex-1"
          label="To"
          type="datetime-local"
          required
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <Button type="submit" className="h-10" busy={busy} disabled={off}>
          Replay this time
        </Button>
      </form>
      {problem && (
        <Notice tone="bad" announce className="mt-3">
          {problem}
        </Notice>
      )}
      {again !== null && !problem && (
        <Notice tone={again > 0 ? "good" : "info"} announce className="mt-3">
          {again === 0 ? "There was nothing to tell again." : `${countWords(again, "is", "are")} told again.`}
        </Notice>
      )}
    </Card>
  );
}

function countWords(count: number, one: string, many: string): string {
  return count === 1 ? `1 event ${one}` : `${count === 0 ? "No" : count} events ${many}`;
}

"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { Answer } from "./answer";
import { SetAsideItem, type SetAsideView } from "./set-aside-item";
import { useAnswer } from "./use-answer";

export type Replay = (input: { id: string } | { reason: string }) => Promise<Answer<number>>;

type SetAsideListProps = {
  items: SetAsideView[];
  /** The one reason that is shown; null shows all. */
  reason: string | null;
  count: number;
  replay: Replay;
};

export function SetAsideList({ items, reason, count, replay }: SetAsideListProps) {
  const { busy, problem, run } = useAnswer();
  const [delivered, setDelivered] = useState<number | null>(null);
  const again = (input: Parameters<Replay>[0]) => run(() => replay(input), setDelivered);
  return (
    <>
      {problem && (
        <Notice tone="bad" announce>
          {problem}
        </Notice>
      )}
      {delivered !== null && !problem && (
        <Notice tone={delivered > 0 ? "good" : "info"} announce title={deliveredWords(delivered)}>
          What the desk can show by now is in the inbox in a moment; what it still cannot show comes back here.
        </Notice>
      )}
      {items.length > 0 && (
        <Card
          title={reason ?? "Everything that was set aside"}
          description={`${count === 1 ? "1 item" : `${count} items`}, newest first.`}
          actions={
            reason !== null && (
              <Button size="sm" busy={busy} onClick={() => again({ reason })}>
                Replay all
              </Button>
            )
          }
        >
          <ul aria-label="Set aside" className="-my-3 divide-y divide-line">
            {items.map((item) => (
              <SetAsideItem key={item.id} item={item} busy={busy} onReplay={() => again({ id: item.id })} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function deliveredWords(count: number): string {
  if (count === 0) return "It was not there any more.";
  return count === 1 ? "It is delivered again." : `${count} items are delivered again.`;
}

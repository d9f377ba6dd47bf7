"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { BackFillRow, ChannelHistory as History } from "@/lib/inbox/types";
import { FoundMessages } from "./found-messages";
import { HistoryProgress } from "./history-progress";
import { counted } from "./history-words";
import { LocalTime } from "./local-time";
import { useHistory } from "./use-history";

type ChannelHistoryProps = { channelId: string; connected: boolean; history: History };

/** What the desk has read of an account's past, how far it is, and what a comparison has found. */
export function ChannelHistory({ channelId, connected, history: first }: ChannelHistoryProps) {
  const { history, busy, problem, read, stop } = useHistory(channelId, first);
  const { running, last, found, nextComparisonAt } = history;
  const ask = (label: string) => (
    <Button busy={busy} onClick={read}>
      {label}
    </Button>
  );
  return (
    <Card
      title="History"
      description="Instagram gives the 20 newest messages of each conversation. They are read on connecting, and compared every night, so that nothing is missing."
    >
      <div className="flex flex-col gap-4">
        {problem && (
          <Notice tone="bad" announce>
            {problem}
          </Notice>
        )}
        {running ? (
          <HistoryProgress
            running={running}
            stop={
              <Button size="sm" busy={busy} onClick={stop}>
                Stop
              </Button>
            }
          />
        ) : (
          <Ended last={last} connected={connected} ask={ask} />
        )}
        <FoundMessages found={found} />
        {connected && !running && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            {last?.state === "done" && ask("Compare now")}
            {nextComparisonAt !== null && (
              <p className="text-faint text-sm">
                Next comparison <LocalTime at={nextComparisonAt} />
              </p>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

type EndedProps = { last: BackFillRow | null; connected: boolean; ask: (label: string) => ReactNode };

function Ended({ last, connected, ask }: EndedProps) {
  if (!last) {
    return (
      <Notice title="Nothing has been read back yet" action={connected && ask("Read the history")}>
        What was said before the account was connected is still at Instagram.
      </Notice>
    );
  }
  const come = `${counted(last.messages, "message")} fetched`;
  if (last.state === "failed") {
    return (
      <Notice tone="bad" title="The history could not be read to its end" action={connected && ask("Try again")}>
        {last.problem} What had come by then ({come}) is in the inbox.
      </Notice>
    );
  }
  if (last.state === "canceled") {
    return (
      <Notice
        title={`Stopped after ${last.threadsRead} of ${counted(last.threads, "conversation")}`}
        action={connected && ask("Go on")}
      >
        {come}. New messages come in as always.
      </Notice>
    );
  }
  return (
    <p className="text-sm">
      Compared with Instagram <LocalTime at={last.finishedAt ?? last.createdAt} />:{" "}
      {last.messages === 0
        ? "nothing was missing."
        : `${counted(last.messages, "message")} in ${counted(last.conversations, "conversation")} fetched.`}
      {last.threadsRefused > 0 &&
        ` Instagram refused to show ${counted(last.threadsRefused, "conversation")}; the others are complete.`}
    </p>
  );
}

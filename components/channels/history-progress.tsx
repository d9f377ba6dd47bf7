import type { ReactNode } from "react";
import { Progress } from "@/components/ui/progress";
import type { BackFillRow } from "@/lib/inbox/types";
import { counted, timeLeft } from "./history-words";
import { LocalTime } from "./local-time";

const DOING: Record<BackFillRow["reason"], string> = {
  connect: "Reading conversations",
  reconnect: "Looking for what was missed",
  nightly: "Comparing with Instagram",
  by_hand: "Comparing with Instagram",
};

/** How far the reading of an account's past has come, and what it waits for. */
export function HistoryProgress({ running, stop }: { running: BackFillRow; stop: ReactNode }) {
  const { state, threads, threadsRead, messages, problem, resumesAt } = running;
  const reading = state === "reading";
  return (
    <div className="flex flex-col gap-2.5 text-sm">
      <div className="flex items-center gap-4">
        <p className="min-w-0 flex-1 font-medium">
          {DOING[running.reason]}
          {reading && (
            <span className="font-normal text-soft">
              {" "}
              {threadsRead} of {threads}
            </span>
          )}
        </p>
        {stop}
      </div>
      <Progress label="Reading conversations" {...(reading ? { value: threadsRead, max: threads } : {})} />
      <p className="text-soft">
        {counted(messages, "message")} fetched
        {reading && !problem && threads > threadsRead && `, ${timeLeft(threads - threadsRead)}`}
        {!reading && threads > 0 && `, ${counted(threads, "conversation")} found so far`}
      </p>
      {problem && (
        <p className="text-warn">
          {problem}
          {resumesAt !== null && (
            <>
              {" "}
              It goes on by itself <LocalTime at={resumesAt} />.
            </>
          )}
        </p>
      )}
    </div>
  );
}

import { useCallback, useEffect, useState, useTransition } from "react";
import type { ChannelHistory } from "@/lib/inbox/types";
import { api } from "../inbox/api";

const LOOK_WHILE_RUNNING = 1_000;
const LOOK_OTHERWISE = 10_000;

/** Follows the reading of a channel's past while the page is looked at. */
export function useHistory(channelId: string, first: ChannelHistory) {
  const [history, setHistory] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, startTransition] = useTransition();
  const running = history.running !== null;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    async function look() {
      // A look that fails is followed by the next; nobody waits for it.
      const next = document.visibilityState === "visible" ? await api.history(channelId).catch(() => null) : null;
      if (ended) return;
      if (next) setHistory(next);
      timer = setTimeout(look, running ? LOOK_WHILE_RUNNING : LOOK_OTHERWISE);
    }
    timer = setTimeout(look, running ? LOOK_WHILE_RUNNING : LOOK_OTHERWISE);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [channelId, running]);

  const run = useCallback((action: () => Promise<ChannelHistory>) => {
    setProblem(null);
    startTransition(async () => {
      try {
        setHistory(await action());
      } catch (error) {
        setProblem(error instanceof Error ? error.message : "The desk did not answer. Try again.");
      }
    });
  }, []);

  return {
    history,
    busy,
    problem,
    read: () => run(() => api.readHistory(channelId)),
    stop: () => run(() => api.stopHistory(channelId)),
  };
}

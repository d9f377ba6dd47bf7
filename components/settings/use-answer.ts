import { useState, useTransition } from "react";
import type { Answer } from "./answer";

/** Runs one settings action at a time and keeps the words of the last refusal. */
export function useAnswer() {
  const [busy, startTransition] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);

  function run<T>(action: () => Promise<Answer<T>>, onDone?: (value: T) => void): void {
    setProblem(null);
    startTransition(async () => {
      const answer = await action().catch(() => ({
        problem: "The desk did not answer. Check your connection and try again.",
      }));
      if (answer.problem !== undefined) setProblem(answer.problem);
      else onDone?.(answer.value);
    });
  }

  return { busy, problem, setProblem, run };
}

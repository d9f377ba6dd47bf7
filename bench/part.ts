import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { errorMessage } from "@/lib/errors";

/** A piece of the bench in a process of its own, so that it cannot slow down what it measures from inside. */
export type Part = {
  pid: number;
  // biome-ignore lint/suspicious/noExplicitAny: the caller names the answer's type; both ends are in this folder.
  ask<T = any>(name: string, input?: unknown): Promise<T>;
  end(): Promise<void>;
};

type Question = { id: number; name: string; input: unknown };
type Answer = { id: number; result?: unknown; problem?: string };

/** @param script a bundled file that calls `answerParent` */
export async function startPart(script: string, env: Record<string, string> = {}): Promise<Part> {
  const child = fork(script, { serialization: "advanced", env: { ...process.env, ...env } });
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on("message", (answer: Answer) => waiting.get(answer.id)?.(answer));
  child.once("exit", () => {
    for (const [id, settle] of waiting) settle({ id, problem: `${script} ended.` });
  });
  let lastId = 0;
  return {
    pid: child.pid ?? 0,
    ask(name, input) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ result, problem }) => {
          waiting.delete(id);
          if (problem === undefined) resolve(result as never);
          else reject(new Error(problem));
        });
        child.send({ id, name, input } satisfies Question);
      });
    },
    end: () => endProcess(child),
  };
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** The other end of `startPart`: answers by name until the parent is gone. */
export function answerParent(answers: Record<string, (input: never) => unknown>): void {
  process.on("disconnect", () => process.exit(0));
  process.on("message", async ({ id, name, input }: Question) => {
    try {
      process.send?.({ id, result: await answers[name]?.(input as never) } satisfies Answer);
    } catch (error) {
      process.send?.({ id, problem: errorMessage(error) } satisfies Answer);
    }
  });
}

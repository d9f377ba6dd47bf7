import type { Page } from "@playwright/test";

export type MainThread = {
  /**
   * The longest stretch in which the page could not answer, and the most work done in one: what a machine with
   * nothing else to do needs.
   */
  longestTask(): Promise<{ ms: number; cpuMs: number }>;
};

type TraceEvent = { name: string; pid: number; tid: number; dur?: number; tdur?: number; args: { name?: string } };

/** Records what the page's main thread does from now on. */
export async function watchMainThread(page: Page): Promise<MainThread> {
  const devtools = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  devtools.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await devtools.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel", "disabled-by-default-devtools.timeline"] },
  });
  return {
    async longestTask() {
      const complete = new Promise((resolve) => devtools.once("Tracing.tracingComplete", resolve));
      await devtools.send("Tracing.end");
      await complete;
      const threads = new Set(
        events
          .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
          .map(({ pid, tid }) => `${pid} ${tid}`),
      );
      const tasks = events.filter(({ name, pid, tid }) => name.endsWith("RunTask") && threads.has(`${pid} ${tid}`));
      const longest = (micros: number[]) => Math.round(Math.max(0, ...micros) / 1000);
      return {
        ms: longest(tasks.map(({ dur = 0 }) => dur)),
        cpuMs: longest(tasks.map(({ tdur = 0 }) => tdur)),
      };
    },
  };
}

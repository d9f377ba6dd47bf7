import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { errorMessage } from "@/lib/errors";

export type ProcessOptions = {
  /** As people know it, with its article: "the app". */
  name: string;
  script: string;
  env: NodeJS.ProcessEnv;
  /** Answers 200 once the process can be used. */
  readyUrl: string;
  /** Where its output goes; null: to this terminal. */
  logFile: string | null;
  say: (line: string) => void;
};

export type Supervised = {
  /** Ends it and starts it again, for instance with new code; a start that fails is said, not thrown. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Ends it without letting it finish. */
  kill(): void;
};

const READY_POLL_MS = 25;
const READY_DEADLINE_MS = 120_000;
const DRAIN_MS = 20_000;
const SHORTEST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
const STEADY_MS = 60_000;

/** Starts a process of the desk and keeps it running. Throws, with what it said last, when the first start fails. */
export async function supervise(options: ProcessOptions): Promise<Supervised> {
  const { name, say } = options;
  const abort = new AbortController();
  let backoffMs = SHORTEST_BACKOFF_MS;
  let run = launch(options);
  let replacing = false;

  const watch = () => {
    const watched = run;
    const started = Date.now();
    watched.child.once("exit", async () => {
      if (abort.signal.aborted || replacing || watched !== run) return;
      if (Date.now() - started > STEADY_MS) backoffMs = SHORTEST_BACKOFF_MS;
      say(
        `${name} ended unexpectedly (${ending(watched.child)}); starting it again in ${backoffMs / 1000} s.${lastWords(watched)}`,
      );
      await wait(backoffMs, null, { signal: abort.signal }).catch(() => undefined);
      backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS);
      if (!abort.signal.aborted && !replacing && watched === run) await relaunch();
    });
  };

  const relaunch = async () => {
    run = launch(options);
    watch();
    try {
      await untilReady(run, options);
      say(`${name} is running again.`);
    } catch (error) {
      if (!replacing && !abort.signal.aborted) say(errorMessage(error));
    }
  };

  try {
    await untilReady(run, options);
  } catch (error) {
    await end(run.child, options);
    throw error;
  }
  watch();
  return {
    restart: async () => {
      if (abort.signal.aborted) return;
      replacing = true;
      await end(run.child, options);
      replacing = false;
      await relaunch();
    },
    stop: async () => {
      abort.abort();
      await end(run.child, options);
    },
    kill: () => run.child.kill("SIGKILL"),
  };
}

type Run = { child: ChildProcess; logFile: string | null; logStart: number };

/** In a session of its own: Ctrl-C reaches us alone, and we end everything in the right order. */
function launch({ script, env, logFile }: ProcessOptions): Run {
  const output = logFile === null ? null : openSync(logFile, "a", 0o600);
  try {
    const child = spawn(process.execPath, ["--enable-source-maps", "--import", endWithParent, script], {
      detached: true,
      env,
      stdio: ["ignore", output ?? "inherit", output ?? "inherit", "ipc"],
    });
    return { child, logFile, logStart: logFile === null ? 0 : statSync(logFile).size };
  } finally {
    if (output !== null) closeSync(output);
  }
}

/** The channel to us closes when we are gone, however we went; nothing of the desk outlives its supervisor. */
const endWithParent = new URL("end-with-parent.mjs", import.meta.url).href;

async function untilReady(run: Run, { name, readyUrl }: ProcessOptions): Promise<void> {
  const deadline = Date.now() + READY_DEADLINE_MS;
  while (Date.now() < deadline) {
    if (await answers(readyUrl)) return;
    if (hasEnded(run.child)) throw new Error(`${name} did not start (${ending(run.child)}).${lastWords(run)}`);
    await wait(READY_POLL_MS);
  }
  throw new Error(`${name} runs but does not answer at ${readyUrl}.${lastWords(run)}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess, { name, say }: ProcessOptions): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => {
    say(`${name} does not finish; ending it.`);
    child.kill("SIGKILL");
  }, DRAIN_MS);
  await ended;
  clearTimeout(timer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function ending(child: ChildProcess): string {
  return child.signalCode ?? `exit code ${child.exitCode}`;
}

function lastWords({ logFile, logStart }: Run): string {
  if (logFile === null) return "";
  const lines = readFileSync(logFile).subarray(logStart).toString("utf8").trim().split("\n").slice(-12);
  return `\n  ${lines.join("\n  ")}\n  (from ${logFile})`;
}

import type { Changes } from "@/lib/inbox/types";
import { keepStream } from "./keep-stream";
import type { LiveCursor } from "./live-cursor";

/** A leader that does not answer for this long is frozen or gone; the tab that a person looks at takes over. */
const SILENT_LEADER = 3_000;
const CHECK_LEADER = 60_000;

type Note =
  | { type: "frame"; changes: Changes }
  | { type: "live"; live: boolean }
  /** A tab asks how far the leader is. */
  | { type: "hello" }
  | { type: "here"; through: number; live: boolean }
  | { type: "signed_out" };

type ShareStreamOptions = {
  /** The same for all tabs that may share: one member of one workspace. */
  name: string;
  cursor: LiveCursor;
  onLive: (live: boolean) => void;
  onSignedOut: () => void;
};

/**
 * One live stream per browser: the tab that holds the lock reads it and passes every frame on. Browsers allow six
 * connections to a server, so a stream per tab would starve the seventh. Each tab keeps its own cursor.
 */
export function shareStream(options: ShareStreamOptions): () => void {
  // Locks need https or localhost; without them every visible tab reads a stream of its own.
  if (!navigator.locks || typeof BroadcastChannel === "undefined") return streamWhileVisible(options);

  const { cursor } = options;
  const stopped = new AbortController();
  const channel = new BroadcastChannel(options.name);
  const tell = (note: Note) => channel.postMessage(note);
  let leading = false;
  let live = false;
  let question: ReturnType<typeof setTimeout> | undefined;
  let stepDown: (() => void) | undefined;

  const setLive = (now: boolean) => {
    // Every frame says so anew, and whoever hears of a new connection asks the server for the time.
    if (now === live) return;
    live = now;
    options.onLive(now);
  };

  /** Holds the lock and the stream until this tab closes or another one takes the lock away. */
  const lead = () =>
    new Promise<void>((resolve) => {
      if (stopped.signal.aborted) return resolve();
      leading = true;
      clearTimeout(question);
      const stopStream = keepStream({
        after: () => cursor.at,
        onChanges: (changes) => {
          cursor.receive(changes);
          tell({ type: "frame", changes });
        },
        onLive: (now) => {
          setLive(now);
          tell({ type: "live", live: now });
        },
        onSignedOut: () => {
          tell({ type: "signed_out" });
          options.onSignedOut();
        },
      });
      stepDown = () => {
        leading = false;
        stopStream();
        resolve();
      };
    });

  const stand = (steal: boolean) => {
    const request = steal ? { steal: true } : { signal: stopped.signal };
    navigator.locks.request(options.name, request, lead).catch(() => {
      // Refused because this tab closes, or taken away because it was silent: then it waits in line again.
      stepDown?.();
      if (!stopped.signal.aborted) stand(false);
    });
  };

  const ask = () => {
    if (leading || question !== undefined || document.visibilityState !== "visible") return;
    tell({ type: "hello" });
    question = setTimeout(() => {
      question = undefined;
      if (!leading && document.visibilityState === "visible") stand(true);
    }, SILENT_LEADER);
  };

  channel.onmessage = ({ data: note }: MessageEvent<Note>) => {
    if (note.type === "hello") {
      if (leading) tell({ type: "here", through: cursor.at, live });
      return;
    }
    if (note.type === "signed_out") return options.onSignedOut();
    if (leading) return;
    clearTimeout(question);
    question = undefined;
    if (note.type === "frame") {
      setLive(true);
      cursor.receive(note.changes);
    } else {
      setLive(note.live);
      if (note.type === "here") void cursor.catchUp(note.through);
    }
  };

  stand(false);
  ask();
  const checks = setInterval(ask, CHECK_LEADER);
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("pageshow", ask);

  return () => {
    stopped.abort();
    stepDown?.();
    clearTimeout(question);
    clearInterval(checks);
    document.removeEventListener("visibilitychange", ask);
    window.removeEventListener("pageshow", ask);
    channel.close();
  };
}

function streamWhileVisible({ cursor, onLive, onSignedOut }: ShareStreamOptions): () => void {
  let stop: (() => void) | null = null;
  const follow = () => {
    if (document.visibilityState === "visible") {
      stop ??= keepStream({
        after: () => cursor.at,
        onChanges: (changes) => cursor.receive(changes),
        onLive,
        onSignedOut,
      });
    } else {
      stop?.();
      stop = null;
    }
  };
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    stop?.();
  };
}

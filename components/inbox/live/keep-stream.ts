import type { Changes } from "@/lib/inbox/types";
import { pause } from "./pause";
import { readStream } from "./read-stream";

/** After the machine slept, a connection that said nothing for this long is not waited for. */
const STALE = 35_000;

type KeepStreamOptions = {
  /** Where to continue. */
  after: () => number;
  onChanges: (changes: Changes) => void;
  onLive: (live: boolean) => void;
  onSignedOut: () => void;
};

/** Holds the live stream open until stopped: rebuilt with back-off, at once when the network or the person comes back. */
export function keepStream(options: KeepStreamOptions): () => void {
  const stopped = new AbortController();
  let connection = new AbortController();
  let lastSign = Date.now();

  const drop = () => connection.abort();
  const dropIfStale = () => {
    if (document.visibilityState === "visible" && Date.now() - lastSign > STALE) drop();
  };
  window.addEventListener("offline", drop);
  window.addEventListener("online", drop);
  window.addEventListener("pageshow", dropIfStale);
  document.addEventListener("visibilitychange", dropIfStale);

  const keep = async () => {
    let failures = 0;
    while (!stopped.signal.aborted) {
      connection = new AbortController();
      const end = await readStream(
        options.after(),
        {
          onOpen: () => {
            failures = 0;
            lastSign = Date.now();
            options.onLive(true);
          },
          onSign: () => {
            lastSign = Date.now();
          },
          onChanges: options.onChanges,
        },
        AbortSignal.any([stopped.signal, connection.signal]),
      );
      if (stopped.signal.aborted) return;
      options.onLive(false);
      if (end === "signed_out") return options.onSignedOut();
      failures += 1;
      await pause(failures, stopped.signal);
    }
  };
  void keep();

  return () => {
    stopped.abort();
    window.removeEventListener("offline", drop);
    window.removeEventListener("online", drop);
    window.removeEventListener("pageshow", dropIfStale);
    document.removeEventListener("visibilitychange", dropIfStale);
  };
}

import type { Changes } from "@/lib/inbox/types";
import { eventStreamParser } from "./event-stream-parser";

/** The server speaks at least every 25 s; a connection silent for longer than this is dead, whatever it looks like. */
const SILENCE = 60_000;

export type StreamEnd = "lost" | "signed_out";

type StreamHandlers = {
  onOpen: () => void;
  /** Bytes came, be they only a heartbeat. */
  onSign: () => void;
  onChanges: (changes: Changes) => void;
};

/**
 * Reads the live stream from event number `after` until it ends. Not an EventSource: that hides heartbeats and
 * the status of a refusal, so it can tell neither a dead connection nor a signed-out one.
 */
export async function readStream(after: number, handlers: StreamHandlers, signal: AbortSignal): Promise<StreamEnd> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE);
  try {
    const response = await fetch(`/api/live?after=${after}`, {
      headers: { accept: "text/event-stream" },
      cache: "no-store",
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (response.status === 401) return "signed_out";
    if (!response.ok || !response.body) return "lost";
    handlers.onOpen();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parse = eventStreamParser();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return "lost";
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE);
      handlers.onSign();
      for (const { event, data } of parse(value)) {
        if (event === "changes") handlers.onChanges(JSON.parse(data));
      }
    }
  } catch {
    // Every way a connection can break is the same to us: the caller opens another one from where this one stood.
    return "lost";
  } finally {
    clearTimeout(timer);
  }
}

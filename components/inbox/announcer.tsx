"use client";

import { useEffect, useRef, useState } from "react";
import { useInbox, useLoadedThread, useOpenId } from "./inbox-context";
import type { Arrivals, News } from "./live/arrivals";

/** Lines that stay in the log; older ones have long been read out. */
const KEPT = 20;
/** Other conversations are announced at most this often. */
const REST = 5_000;

/** For ears: what the customer does in the open conversation, word for word, and that something arrived elsewhere. */
export function Announcer() {
  const { inbox } = useInbox();
  const openId = useOpenId();
  const [lines, setLines] = useState<News[]>([]);
  const [elsewhere, setElsewhere] = useState("");
  const [handed, setHanded] = useState("");
  const spokenAt = useRef(0);

  useEffect(() => {
    inbox.onArrivals = (arrivals: Arrivals) => {
      if (arrivals.open.length > 0) setLines((known) => [...known, ...arrivals.open].slice(-KEPT));
      const [given] = arrivals.handed;
      if (given !== undefined) setHanded(given);
      const name = arrivals.elsewhere[0];
      if (name === undefined || Date.now() - spokenAt.current < REST) return;
      spokenAt.current = Date.now();
      setElsewhere(
        arrivals.elsewhere.length === 1 ? `New message from ${name}` : `New messages from ${name} and others`,
      );
    };
    return () => {
      inbox.onArrivals = () => undefined;
    };
  }, [inbox]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation starts with an empty log
  useEffect(() => setLines([]), [openId]);
  // What was taken back is not read out any more either.
  const unsent = new Set(useLoadedThread(openId)?.messages.flatMap(({ id, unsent }) => (unsent ? id : [])));

  return (
    <div className="sr-only">
      <div role="log" aria-label="New messages">
        {lines.map(
          (line) =>
            (line.unsent || !unsent.has(line.messageId)) && (
              <p key={`${line.messageId} ${line.version}`}>{line.text}</p>
            ),
        )}
      </div>
      <p aria-live="polite">{elsewhere}</p>
      <p aria-live="polite">{handed}</p>
    </div>
  );
}

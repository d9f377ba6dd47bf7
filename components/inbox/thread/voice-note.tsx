"use client";

import { Pause, Play } from "lucide-react";
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { cx } from "../../ui/cx";
import { useInbox } from "../inbox-context";
import { minutesAndSeconds, secondsInWords } from "../words/time-words";
import { type BubbleShape, bubbleClass } from "./bubble-class";
import { MediaGone } from "./media-gone";
import { useMediaAttempts } from "./use-media-attempts";

type VoiceNoteProps = { url: string | null; messageId: string; name: string; shape: BubbleShape };

/** The one that plays; a second one stops it. */
let playing: HTMLAudioElement | null = null;

/** A voice message: play, pause, how far it is, and how long. */
export function VoiceNote({ url, messageId, name, shape }: VoiceNoteProps) {
  const { inbox } = useInbox();
  const { way, attempt, onError } = useMediaAttempts(1, () => inbox.reportMediaGone(messageId));
  const audio = useRef<HTMLAudioElement>(null);
  const [plays, setPlays] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState<number | null>(null);
  useEffect(() => {
    // Its length may have been known before this script ran.
    if (audio.current) setLength(lengthOf(audio.current));
  }, []);

  if (!url || way === null) return <MediaGone kind="voice" />;
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) return element.pause();
    if (playing !== element) playing?.pause();
    playing = element;
    // A file that does not load says so by its error event.
    element.play().catch(() => setPlays(false));
  };
  const seek = (event: ChangeEvent<HTMLInputElement>) => {
    if (audio.current) audio.current.currentTime = Number(event.target.value);
    setAt(Number(event.target.value));
  };
  const Icon = plays ? Pause : Play;
  return (
    <fieldset
      aria-label={`Voice message from ${name}`}
      className={cx(bubbleClass(shape), "flex w-64 items-center gap-2.5 border-0")}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what a customer says */}
      <audio
        key={attempt}
        ref={audio}
        src={url}
        preload="metadata"
        onError={onError}
        onPlay={() => setPlays(true)}
        onPause={() => setPlays(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => setLength(lengthOf(event.currentTarget))}
      />
      <button
        type="button"
        onClick={toggle}
        aria-label={plays ? "Pause" : "Play"}
        className="grid size-8 shrink-0 place-items-center rounded-full bg-accent text-on-accent"
      >
        <Icon aria-hidden="true" className="size-4 fill-current stroke-[1.5]" />
      </button>
      <input
        type="range"
        aria-label="Position"
        aria-valuetext={`${secondsInWords(at)}${length === null ? "" : ` of ${secondsInWords(length)}`}`}
        min={0}
        max={length ?? 0}
        step={0.1}
        value={Math.min(at, length ?? 0)}
        disabled={length === null}
        onChange={seek}
        className="h-1 min-w-0 flex-1 cursor-pointer"
      />
      <span aria-hidden="true" className="tabular shrink-0 text-xs opacity-75">
        {minutesAndSeconds(plays || at > 0 ? at : (length ?? 0))}
      </span>
    </fieldset>
  );
}

/** Seconds; null while unknown, and for recordings that do not tell. */
function lengthOf({ duration }: HTMLAudioElement): number | null {
  return Number.isFinite(duration) && duration > 0 ? duration : null;
}

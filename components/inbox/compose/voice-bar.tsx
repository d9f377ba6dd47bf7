"use client";

import { Check, X } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "../../ui/button";
import { IconButton } from "../../ui/icon-button";
import { minutesAndSeconds } from "../words/time-words";
import { microphoneWords } from "./microphone-words";
import { type Recording, recordVoice } from "./record-voice";

/** 25 MB would hold more; nobody listens longer. */
const LONGEST_S = 10 * 60;

type VoiceBarProps = { onDone: (file: File) => void; onClose: () => void };

/** Records a voice message: how long it is, keep it, throw it away. Kept, it can be listened to before it is sent. */
export function VoiceBar({ onDone, onClose }: VoiceBarProps) {
  const recording = useRef<Recording | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    let left = false;
    recordVoice().then(
      (started) => {
        if (left) return started.cancel();
        recording.current = started;
        setSeconds(0);
      },
      (error) => left || setProblem(microphoneWords(error)),
    );
    return () => {
      left = true;
      recording.current?.cancel();
      recording.current = null;
    };
  }, []);

  const finish = () => {
    const ended = recording.current;
    recording.current = null;
    ended?.finish().then(onDone, (error) => setProblem(microphoneWords(error)));
  };
  const finishInTime = useEffectEvent(finish);
  const running = seconds !== null;
  useEffect(() => {
    if (!running) return;
    const from = performance.now();
    const timer = setInterval(() => {
      const now = Math.floor((performance.now() - from) / 1000);
      setSeconds(now);
      if (now >= LONGEST_S) finishInTime();
    }, 250);
    return () => clearInterval(timer);
  }, [running]);

  return (
    <fieldset aria-label="Voice message" className="flex items-center gap-2 px-3 pt-2.5 text-sm">
      {problem ? (
        <p role="alert" className="min-w-0 flex-1 text-bad text-xs">
          {problem}
        </p>
      ) : (
        <p className="min-w-0 flex-1">
          <span aria-hidden="true" className="mr-2 inline-block size-2.5 animate-pulse rounded-full bg-bad" />
          <span role="status">{running ? "Recording" : "Waiting for the microphone …"}</span>
          {running && <span className="tabular ml-2 text-soft">{minutesAndSeconds(seconds)}</span>}
          {running && seconds >= LONGEST_S - 30 && (
            <span className="ml-2 text-faint text-xs">Ends at {minutesAndSeconds(LONGEST_S)}</span>
          )}
        </p>
      )}
      {running && !problem && (
        <Button size="sm" onClick={finish} autoFocus>
          <Check aria-hidden="true" className="size-4" />
          Stop and keep
        </Button>
      )}
      <IconButton label={problem ? "Close" : "Throw the recording away"} onClick={onClose}>
        <X />
      </IconButton>
    </fieldset>
  );
}

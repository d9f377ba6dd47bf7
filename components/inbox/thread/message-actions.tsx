"use client";

import { Heart, HeartOff, Reply } from "lucide-react";
import { useEffect, useState } from "react";
import { HEART } from "@/lib/inbox/send-limits";
import type { MessageRow } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { IconButton } from "../../ui/icon-button";
import { Refusal } from "../api";
import { useInbox } from "../inbox-context";
import { focusReplyBox } from "../reply/focus-reply-box";

type MessageActionsProps = {
  message: MessageRow;
  own: boolean;
  /** By a long press, where there is no pointer to hover with. */
  held: boolean;
  onDone: () => void;
};

/** What one can do with a message: answer it by quoting, put the brand's heart on it. Nothing where nobody can reply. */
export function MessageActions({ message, own, held, onDone }: MessageActionsProps) {
  const { inbox } = useInbox();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!held) return;
    document.addEventListener("pointerdown", onDone);
    return () => document.removeEventListener("pointerdown", onDone);
  }, [held, onDone]);

  const { id, conversationId, kind, text, direction } = message;
  const hearted = message.reactions.some(({ by }) => by === "business");
  const reply = () => {
    inbox.compositions.quote(conversationId, { messageId: id, kind, text, direction });
    onDone();
    focusReplyBox();
  };
  const react = () => {
    setProblem(null);
    onDone();
    inbox
      .react(id, hearted ? null : HEART)
      .catch((error) =>
        setProblem(error instanceof Refusal ? error.message : "The desk did not answer. Try again in a moment."),
      );
  };
  return (
    <div className="in-[main:not(:has(#reply))]:hidden">
      <div
        // A press on a button is no press elsewhere.
        onPointerDown={(event) => event.nativeEvent.stopImmediatePropagation()}
        className={cx(
          "absolute -top-3.5 z-20 flex rounded-control border border-line bg-card shadow-float transition-opacity has-focus-visible:opacity-100",
          own ? "right-full -mr-5" : "left-full -ml-5",
          // A finger must not hit what it does not see.
          held ? "opacity-100" : "opacity-0 group-hover:opacity-100 pointer-coarse:pointer-events-none",
        )}
      >
        <IconButton label="Reply" onClick={reply} className="size-8!">
          <Reply />
        </IconButton>
        {!own && (
          <IconButton
            label={hearted ? `Take back ${HEART}` : `React with ${HEART}`}
            onClick={react}
            className="size-8!"
          >
            {hearted ? <HeartOff /> : <Heart />}
          </IconButton>
        )}
      </div>
      {problem && (
        <p role="alert" className="mt-1 text-bad text-xs">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Whether anything can be done with a message: it is one, Instagram has it, and it still stands. */
export function canBeAnswered({ version, kind, state, unsent }: MessageRow): boolean {
  return (
    version > 0 && !unsent && (state === "received" || state === "sent") && kind !== "event" && kind !== "referral"
  );
}

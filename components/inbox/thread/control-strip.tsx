"use client";

import { Bot, Hand, UsersRound } from "lucide-react";
import { useState } from "react";
import { answeredElsewhere } from "@/lib/inbox/switchboard";
import type { ConversationRow } from "@/lib/inbox/types";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { failureWords } from "../api";
import { useInbox } from "../inbox-context";
import { type ControlWords, controlWords } from "../words/control-words";

/** Who answers this conversation, and how to change that; nothing where no switchboard is at work. */
export function ControlStrip({ conversation }: { conversation: ConversationRow }) {
  const { inbox } = useInbox();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const words = controlWords(conversation.control);
  if (!words) return null;
  const { text, hint, action, asks } = words;
  const Icon = asks ? Hand : answeredElsewhere(conversation.control) ? Bot : UsersRound;

  const act = async (does: NonNullable<ControlWords["action"]>["does"]) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await (does === "take_over" ? inbox.takeOver(conversation.id) : inbox.handBack(conversation.id));
    } catch (error) {
      setProblem(failureWords(error instanceof Error ? error : new Error(String(error))));
    }
    setBusy(false);
  };

  return (
    <section
      aria-label="Who answers"
      className={cx(
        "flex min-h-10 shrink-0 flex-wrap items-center gap-x-2 border-line border-b py-1 pr-2.5 pl-4 text-xs",
        asks ? "bg-accent-soft" : "bg-paper",
      )}
    >
      <Icon
        aria-hidden="true"
        className={cx("size-4 shrink-0 stroke-[1.7]", asks ? "text-accent-strong" : "text-soft")}
      />
      <p aria-live="polite" className="min-w-0 flex-1 desk:flex desk:gap-2" title={hint ? `${text}. ${hint}.` : text}>
        <span className="block truncate font-medium text-ink">{text}</span>
        {hint && <span className="block shrink-0 text-soft">{hint}</span>}
      </p>
      {action && (
        <Button
          size="sm"
          variant={asks ? "primary" : "secondary"}
          className="max-w-48"
          // Not disabled: the focus stays for whoever pressed it by keyboard.
          aria-disabled={busy || undefined}
          onClick={() => act(action.does)}
        >
          <span className="truncate">{action.label}</span>
        </Button>
      )}
      {problem && (
        <p role="alert" className="w-full pb-1 text-bad">
          {problem}
        </p>
      )}
    </section>
  );
}

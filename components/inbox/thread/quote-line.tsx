"use client";

import { CornerUpLeft } from "lucide-react";
import { useState } from "react";
import type { Quote } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { Refusal } from "../api";
import { useInbox } from "../inbox-context";
import { kindWords } from "../words/kind-words";

type QuoteLineProps = { quote: Quote; conversationId: string; own: boolean; name: string };

/** The message that this one answers; pressed, it leads there. */
export function QuoteLine({ quote, conversationId, own, name }: QuoteLineProps) {
  const { inbox } = useInbox();
  const [problem, setProblem] = useState<string | null>(null);
  const { messageId } = quote;
  const title = `${own ? "You" : name} replied${quote.direction === null ? "" : ` to ${whose(quote.direction, own, name)}`}`;
  const words = problem ?? (messageId === null ? "Message not available" : quotedWords(quote));
  const heading = (
    <span className={cx("flex items-center gap-1 text-faint text-xs", own && "justify-end")}>
      <CornerUpLeft aria-hidden="true" className="size-3.5 shrink-0 stroke-[1.8]" />
      <span className="truncate">{title}</span>
    </span>
  );
  const text = (
    <span dir="auto" className="mt-0.5 line-clamp-2 break-words text-soft text-sm">
      {words}
    </span>
  );
  const shape = cx(
    "mb-0.5 block w-fit max-w-full border-line py-0.5",
    own ? "border-r-3 pr-2.5 text-right" : "border-l-3 pl-2.5 text-left",
  );
  if (messageId === null || problem) {
    return (
      <p className={shape}>
        {heading}
        {text}
      </p>
    );
  }
  const jump = () => {
    inbox
      .reveal(conversationId, messageId)
      .catch((error) =>
        setProblem(error instanceof Refusal ? "Message not available" : "The desk did not answer. Try again."),
      );
  };
  return (
    <button type="button" onClick={jump} className={shape}>
      {heading}
      {text}
      <span className="sr-only">. Go to that message.</span>
    </button>
  );
}

function whose(direction: "in" | "out", own: boolean, name: string): string {
  if (direction === "out") return own ? "yourself" : "you";
  return own ? name : "themselves";
}

function quotedWords({ kind, text }: Quote): string {
  return text || kindWords(kind ?? "text");
}

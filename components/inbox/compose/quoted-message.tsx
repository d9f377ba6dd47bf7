"use client";

import { CornerUpLeft, X } from "lucide-react";
import { IconButton } from "../../ui/icon-button";
import { useInbox } from "../inbox-context";
import { focusReplyBox } from "../reply/focus-reply-box";
import { kindWords } from "../words/kind-words";
import type { Quoted } from "./compositions";

type QuotedMessageProps = { conversationId: string; quote: Quoted; name: string };

/** The message that the reply will answer, above the box. */
export function QuotedMessage({ conversationId, quote, name }: QuotedMessageProps) {
  const { compositions } = useInbox().inbox;
  const remove = () => {
    compositions.quote(conversationId, null);
    focusReplyBox();
  };
  return (
    <div className="flex items-start gap-2 px-3.5 pt-2.5">
      <p className="min-w-0 flex-1 border-accent border-l-3 pl-2.5 text-sm">
        <span className="flex items-center gap-1 text-faint text-xs">
          <CornerUpLeft aria-hidden="true" className="size-3.5 shrink-0 stroke-[1.8]" />
          Replying to {quote.direction === "out" ? "yourself" : name}
        </span>
        <span dir="auto" className="line-clamp-2 break-words text-soft">
          {quote.text || kindWords(quote.kind ?? "text")}
        </span>
      </p>
      <IconButton label="Do not quote it" onClick={remove} className="size-8!">
        <X />
      </IconButton>
    </div>
  );
}

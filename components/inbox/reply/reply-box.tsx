"use client";

import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { useInbox, useOnline } from "../inbox-context";
import { REPLY_BOX } from "./focus-reply-box";
import { replySize } from "./reply-size";
import { useDraft } from "./use-draft";

type ReplyBoxProps = { conversationId: string; onSend: () => void };

export function ReplyBox({ conversationId, onSend }: ReplyBoxProps) {
  const { inbox } = useInbox();
  const online = useOnline();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useDraft(conversationId);
  useGrowth(field, text);

  const size = replySize(text);
  const empty = text.trim() === "";
  const hint = online ? size.words : "You are offline. Your text is kept here until you can send it.";

  const send = () => {
    if (empty || size.over || !online) return;
    inbox.send(conversationId, text.trim());
    setText("");
    field.current?.focus();
    onSend();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    // While an input method composes, Enter picks its word. Safari ends the composition before this event and only
    // its key code 229 still tells that the press was the input method's.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const commanded = event.metaKey || event.ctrlKey;
    // Screen keyboards have no Shift+Enter; there Enter breaks the line and the button sends.
    if (!commanded && matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    send();
  };

  return (
    <div className="rounded-2xl border border-edge/60 bg-card shadow-raised transition-shadow focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/20">
      <textarea
        ref={field}
        id={REPLY_BOX}
        aria-label="Reply"
        aria-describedby="reply-hint"
        aria-invalid={size.over || undefined}
        placeholder="Write a reply…"
        rows={1}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="scroll-pane block max-h-[17.5rem] min-h-11 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 text-base leading-[1.35rem] outline-none placeholder:text-faint"
      />
      <div className="flex items-center gap-3 px-2.5 pb-2.5">
        <p
          id="reply-hint"
          className={cx("min-w-0 flex-1 pl-1 text-xs", size.over || !online ? "text-bad" : "text-faint")}
        >
          {hint}
        </p>
        {/* Said once when it happens; the counter itself would talk at every key. */}
        <p role="status" className="sr-only">
          {online ? size.over && "Too long for Instagram" : hint}
        </p>
        <Button variant="primary" size="sm" disabled={empty || size.over || !online} onClick={send} aria-label="Send">
          Send
          <span aria-hidden="true" className="opacity-70 max-desk:hidden">
            ↵
          </span>
        </Button>
      </div>
    </div>
  );
}

/** Grows with what is written, up to twelve lines; from there on it scrolls. */
function useGrowth(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: measures what the text has become
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}

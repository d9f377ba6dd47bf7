"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { IconButton } from "../../ui/icon-button";
import { useInbox } from "../inbox-context";
import type { SearchState } from "./search";
import { FIND_BOX } from "./search-box";
import { useSearch } from "./use-search";

/** Looks for words in the open conversation and leads from one place to the next, newest first. */
export function FindBar({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const { inbox } = useInbox();
  const { search, state } = useSearch(conversationId);
  const box = useRef<HTMLInputElement>(null);
  const { at, step, problem } = useSteps(conversationId, state, () => search.more());

  useEffect(() => box.current?.focus(), []);
  useEffect(() => () => inbox.sought.set(null), [inbox]);

  const ask = (question: string) => {
    search.set(question);
    inbox.sought.set({ conversationId, question });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  const none = state.messages.length === 0;
  return (
    <search
      aria-label="Find in conversation"
      className="flex shrink-0 items-center gap-1 border-line border-b bg-paper px-2.5 py-1.5 desk:px-4"
    >
      <input
        ref={box}
        id={FIND_BOX}
        type="search"
        aria-label="Find in conversation"
        placeholder="Find in conversation"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={state.question}
        onChange={(event) => ask(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-9 min-w-0 flex-1 rounded-control border border-edge bg-card px-3 text-base text-ink placeholder:text-faint focus:border-accent focus:outline-none focus:ring-3 focus:ring-accent/25 [&::-webkit-search-cancel-button]:hidden"
      />
      <p role="status" className="tabular min-w-16 px-1 text-center text-sm text-soft">
        {problem ?? placeWords(state, at)}
      </p>
      <IconButton label="Older match" disabled={none} onClick={() => step(1)}>
        <ChevronUp />
      </IconButton>
      <IconButton label="Newer match" disabled={none} onClick={() => step(-1)}>
        <ChevronDown />
      </IconButton>
      <IconButton label="Close find" onClick={onClose}>
        <X />
      </IconButton>
    </search>
  );
}

function placeWords({ status, messages, total, problem }: SearchState, at: number): string {
  if (status === "failed") return problem ?? "";
  if (status === "nothing") return "Type a word";
  if (status === "idle" || total === null) return "";
  if (messages.length === 0) return status === "busy" ? "…" : "Not found";
  const count = Math.max(total.count, messages.length);
  return `${at + 1} of ${count.toLocaleString("en-US")}${total.more ? "+" : ""}`;
}

/** Which of the places the reader is at; a new answer leads to its newest. */
function useSteps(conversationId: string, state: SearchState, more: () => Promise<void>) {
  const { inbox } = useInbox();
  const [place, setPlace] = useState<{ id: string; at: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const answered = useRef("");
  const { messages, question, status } = state;
  // A message that was unsent meanwhile leaves its place to the next one.
  const known = place ? messages.findIndex(({ message }) => message.id === place.id) : -1;
  const at = known >= 0 ? known : Math.max(0, Math.min(place?.at ?? 0, messages.length - 1));

  const goTo = (index: number) => {
    const found = messages[index];
    if (!found) return;
    setPlace({ id: found.message.id, at: index });
    inbox.reveal(conversationId, found.message.id, { focus: false }).then(
      () => setProblem(null),
      () => setProblem("Could not be loaded"),
    );
    if (index >= messages.length - 5) void more();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another answer leads anywhere by itself
  useEffect(() => {
    if (status !== "done" || answered.current === question) return;
    answered.current = question;
    goTo(0);
  }, [status, question]);

  const step = (by: 1 | -1) => {
    if (messages.length > 0) goTo((at + by + messages.length) % messages.length);
  };
  return { at, step, problem };
}

"use client";

import { SearchX } from "lucide-react";
import { type KeyboardEvent, type UIEvent, useRef } from "react";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { Spinner } from "../../ui/spinner";
import { count } from "../words/time-words";
import { FoundMessageItem } from "./found-message";
import { FoundPerson } from "./found-person";
import type { SearchState } from "./search";
import { SEARCH_BOX, SEARCH_RESULTS } from "./search-box";

/** Further results are loaded while this much is still ahead, px. */
const AHEAD = 800;

type SearchResultsProps = { state: SearchState; onMore: () => void; onAgain: () => void; onClose: () => void };

/** What was found, over the list of conversations, which waits below where it was. */
export function SearchResults({ state, onMore, onAgain, onClose }: SearchResultsProps) {
  const pane = useRef<HTMLDivElement>(null);
  const { people, messages, status, question } = state;
  const empty = people.length === 0 && messages.length === 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    else if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    else moveFocus(pane.current, event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
  };
  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent) => {
    if (scrollHeight - scrollTop - clientHeight < AHEAD) onMore();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the arrow keys of the links in it
    <div
      ref={pane}
      id={SEARCH_RESULTS}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      className="scroll-pane absolute inset-0 z-10 bg-paper"
    >
      <p role="status" className="sr-only">
        {statusWords(state)}
      </p>
      {status === "nothing" && <Quiet title="Type a word, a name or an emoji">There is nothing to look for yet.</Quiet>}
      {status === "failed" && (
        <EmptyState
          icon={<SearchX />}
          title="The search did not work"
          action={<Button onClick={onAgain}>Try again</Button>}
        >
          {state.problem}
        </EmptyState>
      )}
      {status === "done" && empty && state.next === null && (
        <Quiet title={`Nothing found for “${question.trim()}”`}>
          Try fewer words, or only how they begin. Messages that were unsent are not found.
        </Quiet>
      )}
      {people.length > 0 && (
        <section aria-label="People" className="px-1.5 pt-2">
          <Heading>People</Heading>
          <ul>
            {people.map((row) => (
              <FoundPerson key={row.id} row={row} question={question} />
            ))}
          </ul>
        </section>
      )}
      {messages.length > 0 && (
        <section aria-label="Messages" className="px-1.5 pt-2 pb-3">
          <Heading>Messages</Heading>
          <ul>
            {messages.map((found) => (
              <FoundMessageItem key={found.message.id} found={found} question={question} />
            ))}
          </ul>
        </section>
      )}
      {(status === "busy" ? empty : status === "done" && state.next !== null) && (
        <p className="grid place-items-center py-6 text-faint">
          <Spinner />
        </p>
      )}
    </div>
  );
}

function Heading({ children }: { children: string }) {
  return <h2 className="px-2.5 pt-1 pb-1.5 font-medium text-faint text-xs">{children}</h2>;
}

function Quiet({ title, children }: { title: string; children: string }) {
  return (
    <EmptyState icon={<SearchX />} title={title} className="break-words">
      {children}
    </EmptyState>
  );
}

function statusWords({ status, people, messages, next }: SearchState): string {
  if (status === "busy") return "Searching";
  if (status !== "done") return "";
  const more = next === null ? "" : "more than ";
  return `Found ${count(people.length, "person").replace("persons", "people")} and ${more}${count(messages.length, "message")}`;
}

function moveFocus(pane: HTMLElement | null, by: 1 | -1): void {
  const links = [...(pane?.querySelectorAll<HTMLElement>("a") ?? [])];
  const at = links.findIndex((link) => link.matches(":focus"));
  if (at + by < 0) document.getElementById(SEARCH_BOX)?.focus();
  else links[at + by]?.focus();
}

"use client";

import { Search as Glass, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { IconButton } from "../../ui/icon-button";
import { Kbd } from "../../ui/kbd";

export const FIND_BOX = "find-box";
export const SEARCH_BOX = "search-box";
export const SEARCH_RESULTS = "search-results";

type SearchBoxProps = {
  question: string;
  onQuestion: (question: string) => void;
  /** Down from here leads into the results. */
  onDown: () => void;
  onClose: () => void;
};

export function SearchBox({ question, onQuestion, onDown, onClose }: SearchBoxProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "Enter") onDown();
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  return (
    <search className="relative shrink-0 border-line border-b px-3 py-2">
      <Glass aria-hidden="true" className="pointer-events-none absolute top-4.5 left-5.5 size-4 text-faint" />
      <input
        id={SEARCH_BOX}
        type="search"
        aria-label="Search"
        aria-controls={SEARCH_RESULTS}
        placeholder="Search people and messages"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={200}
        value={question}
        onChange={(event) => onQuestion(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-9 w-full rounded-control border border-edge bg-card pr-9 pl-9 text-base text-ink placeholder:text-faint focus:border-accent focus:outline-none focus:ring-3 focus:ring-accent/25 [&::-webkit-search-cancel-button]:hidden"
      />
      {question === "" ? (
        <span aria-hidden="true" className="pointer-events-none absolute top-4 right-5.5 max-desk:hidden">
          <Kbd>/</Kbd>
        </span>
      ) : (
        <IconButton label="Close search" className="absolute top-2.5 right-3.5 size-8" onClick={onClose}>
          <X />
        </IconButton>
      )}
    </search>
  );
}

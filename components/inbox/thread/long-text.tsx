"use client";

import { useState } from "react";
import { cx } from "../../ui/cx";
import { MessageText } from "./message-text";

/** A text of more than this is folded; characters and lines. */
const LONG = 700;
const LINES = 14;

/** A message's words; a very long text shows its beginning first. */
export function LongText({ text, className }: { text: string; className: string }) {
  const [whole, setWhole] = useState(false);
  const long = text.length > LONG || text.split("\n", LINES + 1).length > LINES;
  return (
    <div className={className}>
      <p dir="auto" className={cx("whitespace-pre-wrap", long && !whole && "line-clamp-10")}>
        <MessageText text={text} />
      </p>
      {long && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="mt-1 font-medium text-accent-strong text-xs hover:underline"
        >
          {whole ? "Show less" : "Show more"}
        </button>
      )}
    </div>
  );
}

"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonSize } from "./button";

type CopyButtonProps = {
  text: string;
  label?: string;
  /** What it copies, for who does not see what it stands beside: "the verify token". */
  what?: string;
  size?: ButtonSize;
};

/** Copies a text; where the browser forbids the clipboard it says so. */
export function CopyButton({ text, label = "Copy", what, size = "sm" }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), 2500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    // Absent on plain http, where only hand-picking remains.
    (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"))).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  return (
    <Button size={size} onClick={copy}>
      {outcome === "copied" ? (
        <Check aria-hidden="true" className="size-4" />
      ) : (
        <Copy aria-hidden="true" className="size-4" />
      )}
      <span aria-live="polite">
        {outcome === "copied" ? "Copied" : outcome === "refused" ? "Select the text and copy it by hand" : label}
        {what && outcome === null && <span className="sr-only"> {what}</span>}
      </span>
    </Button>
  );
}

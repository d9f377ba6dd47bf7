"use client";

import { cloneElement, type ReactElement, type ReactNode, type ToggleEvent, useId, useRef, useState } from "react";

/** Between the button and its note, and between the note and the edge of the screen, px. */
const GAP = 6;
const MARGIN = 8;

type PopoverProps = {
  title: string;
  /** The button that opens it. */
  trigger: ReactElement<{ id?: string; popoverTarget?: string }>;
  children: ReactNode;
};

/** A small note beside the button that opens it. The browser's own popover: Escape or a press elsewhere closes it. */
export function Popover({ title, trigger, children }: PopoverProps) {
  const id = useId();
  const note = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  const onToggle = (event: ToggleEvent) => {
    setOpen(event.newState === "open");
    const button = document.getElementById(`${id}-button`);
    // The content comes with the next render; only then it has a height.
    if (event.newState === "open") requestAnimationFrame(() => note.current && button && place(note.current, button));
  };
  return (
    <>
      {cloneElement(trigger, { id: `${id}-button`, popoverTarget: id })}
      <section
        ref={note}
        id={id}
        popover="auto"
        aria-labelledby={`${id}-title`}
        onToggle={onToggle}
        className="fixed inset-auto m-0 w-72 max-w-[calc(100vw-1rem)] rounded-card border border-line bg-card p-4 text-ink text-sm shadow-float"
      >
        <p id={`${id}-title`} className="mb-1.5 font-semibold">
          {title}
        </p>
        {open && children}
      </section>
    </>
  );
}

/** Under the button, or over it where there is more room, and never beyond the screen. */
function place(note: HTMLElement, button: Element): void {
  const from = button.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const below = from.bottom + GAP;
  const top = below + height + MARGIN > innerHeight && from.top > height + GAP ? from.top - GAP - height : below;
  const left = Math.min(Math.max(MARGIN, from.left), innerWidth - width - MARGIN);
  note.style.top = `${top}px`;
  note.style.left = `${left}px`;
}

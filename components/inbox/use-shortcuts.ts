"use client";

import { useEffect, useEffectEvent } from "react";
import { browserStorage } from "./browser-storage";
import { type ShortcutAction, shortcutFor } from "./shortcuts";

const LETTERS_KEY = "replydesk:single-keys";

/** Whether bare letters act; a choice of this browser. */
export function lettersAct(): boolean {
  return browserStorage.read(LETTERS_KEY) !== "off";
}

export function chooseLetters(on: boolean): void {
  if (on) browserStorage.remove(LETTERS_KEY);
  else browserStorage.write(LETTERS_KEY, "off");
}

/**
 * Hears the keys of the inbox wherever the focus is, unless a dialog is open or somebody has dealt with the press.
 * @param act returns false to leave the press to the browser
 */
export function useShortcuts(act: (action: ShortcutAction) => boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (document.querySelector("[role=dialog], :popover-open, [data-opening]")) return;
    const action = shortcutFor(event, placeOf(target), lettersAct());
    if (!action) return;
    if (act(action)) event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

function placeOf(target: Element): "field" | "control" | "elsewhere" {
  if (target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) return "field";
  return target.closest("a, button, input, summary, [role=button], video") ? "control" : "elsewhere";
}

"use client";

import { useState } from "react";
import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { isLetterOnly, SHORTCUTS } from "./shortcuts";
import { chooseLetters, lettersAct } from "./use-shortcuts";

const PLACES = ["Anywhere", "In the list", "In the reply box"] as const;

export function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  const [letters, setLetters] = useState(lettersAct);
  return (
    <Dialog title="Keyboard shortcuts" open onOpenChange={(open) => !open && onClose()}>
      {PLACES.map((place) => (
        <section key={place}>
          <h3 className="mb-1.5 font-medium text-faint text-xs">{place}</h3>
          <dl className="flex flex-col gap-1.5">
            {SHORTCUTS.filter((shortcut) => shortcut.where === place).map((shortcut) => (
              <div key={shortcut.caps.join() + shortcut.does} className="flex items-center justify-between gap-4">
                <dt className={isLetterOnly(shortcut) && !letters ? "text-faint line-through" : undefined}>
                  {shortcut.does}
                </dt>
                <dd className="flex gap-1">
                  {shortcut.caps.map((cap) => (
                    <Kbd key={cap}>{cap}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <label className="flex items-start gap-2.5 border-line border-t pt-4 text-sm">
        <input
          type="checkbox"
          checked={letters}
          onChange={(event) => {
            chooseLetters(event.target.checked);
            setLetters(event.target.checked);
          }}
          className="mt-0.5 size-4"
        />
        <span>
          Single-key shortcuts
          <span className="block text-faint text-xs">
            Switch them off if you dictate: spoken words would press keys.
          </span>
        </span>
      </label>
    </Dialog>
  );
}

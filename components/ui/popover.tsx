"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

type PopoverProps = { title: string; trigger: ReactElement; children: ReactNode };

/** A small note beside the button that opens it; closes by Escape or a press elsewhere. */
export function Popover({ title, trigger, children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} collisionPadding={8} className="z-40">
          <Base.Popup className="w-72 max-w-[calc(100vw-1rem)] rounded-card border border-line bg-card p-4 text-sm shadow-float outline-none">
            <Base.Title className="mb-1.5 font-semibold">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

"use client";

import { useConnectionLost, useOnline } from "./inbox-context";

/** Says that the screen may be behind; goes without ceremony once it is not. */
export function ConnectionLine() {
  const lost = useConnectionLost();
  const online = useOnline();
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-2 z-30 flex justify-center">
      {(lost || !online) && (
        <span className="rounded-full border border-line bg-warn-soft px-3 py-1 font-medium text-warn text-xs shadow-float">
          {online ? "Reconnecting…" : "You are offline. Reconnecting…"}
        </span>
      )}
    </div>
  );
}

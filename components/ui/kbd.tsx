import type { ReactNode } from "react";

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-5 rounded-md border border-line bg-paper px-1.25 text-center font-sans text-2xs text-faint">
      {children}
    </kbd>
  );
}

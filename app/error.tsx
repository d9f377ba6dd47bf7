"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LineIcon } from "@/components/ui/line-icon";

const AROUND = "M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** Every page loads this one with itself: it is drawn with as little as can be. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="grid min-h-dvh flex-1 place-items-center bg-paper">
      <EmptyState
        icon={<LineIcon d={AROUND} />}
        title="This page could not be shown"
        action={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        <p>Your messages are safe. Try again; if it stays like this, give your operator this code.</p>
        {error.digest && <p className="mt-2 font-mono text-faint text-xs">{error.digest}</p>}
      </EmptyState>
    </main>
  );
}

"use client";

import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="grid min-h-dvh flex-1 place-items-center bg-paper">
      <EmptyState
        icon={<RotateCw />}
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

import { Compass } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh flex-1 place-items-center bg-paper">
      <EmptyState
        icon={<Compass />}
        title="There is nothing here"
        action={
          <ButtonLink href="/inbox" variant="primary">
            Go to the inbox
          </ButtonLink>
        }
      >
        The address may be mistyped, or what it named belongs to another workspace.
      </EmptyState>
    </main>
  );
}

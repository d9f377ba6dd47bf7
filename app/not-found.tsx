import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LineIcon } from "@/components/ui/line-icon";

const COMPASS =
  "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0m14.24-4.24l-1.804 5.411a2 2 0 0 1-1.265 1.265L7.76 16.24l1.804-5.411a2 2 0 0 1 1.265-1.265z";

/** Every page loads this one with itself: it is drawn with as little as can be. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh flex-1 place-items-center bg-paper">
      <EmptyState
        icon={<LineIcon d={COMPASS} />}
        title="There is nothing here"
        action={
          <a href="/inbox" className={buttonClass("primary")}>
            Go to the inbox
          </a>
        }
      >
        The address may be mistyped, or what it named belongs to another workspace.
      </EmptyState>
    </main>
  );
}

import type { BackFillRow } from "@/lib/inbox/types";
import { counted } from "./history-words";
import { LocalTime } from "./local-time";

/** What Instagram never reported, and a comparison fetched. */
export function FoundMessages({ found }: { found: BackFillRow[] }) {
  if (found.length === 0) return null;
  return (
    <div className="text-sm">
      <h3 className="font-medium">Never reported by Instagram, fetched by comparing</h3>
      <ul className="mt-1.5 flex flex-col gap-1 text-soft">
        {found.map(({ id, messages, conversations, finishedAt, createdAt }) => (
          <li key={id}>
            {counted(messages, "message")} in {counted(conversations, "conversation")},{" "}
            <LocalTime at={finishedAt ?? createdAt} />
          </li>
        ))}
      </ul>
    </div>
  );
}

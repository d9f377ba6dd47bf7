import { LocalTime } from "@/components/channels/local-time";
import { Card } from "@/components/ui/card";
import type { DeletionRow } from "@/lib/inbox/list-deletions";

const WORDS: Record<string, [one: string, many: string]> = {
  messages: ["message", "messages"],
  edits: ["earlier form", "earlier forms"],
  reactions: ["reaction", "reactions"],
  setAside: ["item set aside", "items set aside"],
  jobs: ["waiting task", "waiting tasks"],
  uploads: ["upload", "uploads"],
  channels: ["account's access", "accounts' access"],
  logins: ["login", "logins"],
  members: ["membership", "memberships"],
};

/** What was erased, proven without saying of whom. */
export function DeletionReceipts({ receipts }: { receipts: DeletionRow[] }) {
  return (
    <Card
      title="Receipts"
      description="That something was erased, when and by whom, and how much. Of whom and what is not kept."
    >
      {receipts.length === 0 ? (
        <p className="text-soft text-sm">Nothing has been erased yet.</p>
      ) : (
        <ul aria-label="Receipts" className="-my-3 divide-y divide-line">
          {receipts.map((receipt) => (
            <li key={receipt.id} className="py-3">
              <p className="break-all font-mono text-sm">{receipt.code}</p>
              <p className="mt-0.5 text-soft text-sm">
                {receipt.subject === "customer" ? "A customer" : "A person of the brand, asked through Facebook"}:{" "}
                {amounts(receipt.counts)}
              </p>
              <p className="text-faint text-sm">
                <LocalTime at={receipt.at} />
                {receipt.by && `, by ${receipt.by}`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function amounts(counts: Record<string, number>): string {
  const parts = Object.entries(counts).flatMap(([what, count]) => {
    const [one, many] = WORDS[what] ?? [what, what];
    return count === 0 ? [] : `${count} ${count === 1 ? one : many}`;
  });
  return parts.length === 0 ? "only a profile" : parts.join(", ");
}

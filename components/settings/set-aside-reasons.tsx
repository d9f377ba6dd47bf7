import Link from "next/link";
import { cx } from "@/components/ui/cx";

type SetAsideReasonsProps = { reasons: { reason: string; count: number }[]; current: string | null };

/** Why things were set aside, most frequent first; one of them narrows the list. */
export function SetAsideReasons({ reasons, current }: SetAsideReasonsProps) {
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  const all = { key: "", href: "/settings/set-aside", label: "All reasons", count: total, current: current === null };
  const each = reasons.map(({ reason, count }) => ({
    key: reason,
    href: `/settings/set-aside?reason=${encodeURIComponent(reason)}`,
    label: reason,
    count,
    current: reason === current,
  }));
  return (
    <nav aria-label="Reasons" className="flex flex-wrap gap-2">
      {[all, ...each].map((one) => (
        <Link
          key={one.key}
          href={one.href}
          aria-current={one.current ? "true" : undefined}
          className={cx(
            "rounded-control border px-2.5 py-1 text-sm transition-colors",
            one.current
              ? "border-accent bg-accent-soft text-accent-strong"
              : "border-line bg-card text-soft hover:text-ink",
          )}
        >
          {one.label} <span className="text-faint">{one.count}</span>
        </Link>
      ))}
    </nav>
  );
}

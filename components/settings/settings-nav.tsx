import Link from "next/link";
import { cx } from "@/components/ui/cx";

const PLACES = [
  { href: "/settings/people", label: "People" },
  { href: "/settings/api", label: "API" },
  { href: "/settings/webhooks", label: "Webhooks" },
  { href: "/settings/set-aside", label: "Set aside" },
  { href: "/settings/deletion", label: "Deletion" },
] as const;

type SettingsNavProps = { current: (typeof PLACES)[number]["href"] };

/** The pages of the settings, for owners and admins; agents have only the first. */
export function SettingsNav({ current }: SettingsNavProps) {
  return (
    <nav aria-label="Settings" className="-mt-2 flex gap-1 border-line border-b">
      {PLACES.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={href === current ? "page" : undefined}
          className={cx(
            "-mb-px whitespace-nowrap border-b-2 px-2 py-2 text-sm transition-colors sm:px-3",
            href === current ? "border-accent font-medium text-ink" : "border-transparent text-soft hover:text-ink",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

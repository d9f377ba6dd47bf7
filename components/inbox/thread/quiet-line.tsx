import type { ReactNode } from "react";
import { cx } from "../../ui/cx";

type QuietLineProps = { icon?: ReactNode; children: ReactNode; className?: string };

/** A sentence in place of a message that cannot be shown. */
export function QuietLine({ icon, children, className }: QuietLineProps) {
  return (
    <div
      className={cx(
        "flex w-fit max-w-full items-start gap-2 rounded-bubble border border-line border-dashed px-3.25 py-2 text-soft text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:stroke-[1.7]",
        className,
      )}
    >
      {icon}
      <div className="min-w-0">{children}</div>
    </div>
  );
}

/** Where what apps do not get can be read. */
export function OpenInstagram() {
  return (
    <a
      href="https://www.instagram.com/direct/inbox/"
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="whitespace-nowrap font-medium text-accent-strong underline underline-offset-2"
    >
      Open Instagram
    </a>
  );
}

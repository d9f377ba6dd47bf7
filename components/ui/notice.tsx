import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type NoticeTone = "info" | "good" | "warn" | "bad";

const TONES = {
  info: { box: "bg-ground", icon: "text-soft", Icon: Info },
  good: { box: "bg-good-soft", icon: "text-good", Icon: CircleCheck },
  warn: { box: "bg-warn-soft", icon: "text-warn", Icon: TriangleAlert },
  bad: { box: "bg-bad-soft", icon: "text-bad", Icon: CircleAlert },
} as const;

type NoticeProps = {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  /** What to do about it: a button or a link. */
  action?: ReactNode;
  /** Spoken at once by screen readers; for something that just happened. */
  announce?: boolean;
  className?: string;
};

/** Something a person should know on this page, in words, with what to do next. */
export function Notice({ tone = "info", title, children, action, announce = false, className }: NoticeProps) {
  const { box, icon, Icon } = TONES[tone];
  return (
    <div
      role={announce ? (tone === "bad" ? "alert" : "status") : undefined}
      className={cx("flex items-start gap-3 rounded-card px-4 py-3", box, className)}
    >
      <Icon aria-hidden="true" className={cx("mt-0.5 size-4.5 shrink-0 stroke-[1.8]", icon)} />
      <div className="min-w-0 flex-1 text-sm">
        {title && <p className="font-medium text-ink">{title}</p>}
        {children && <div className="text-soft">{children}</div>}
        {action && <div className="mt-2.5 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  );
}

import { CircleAlert, CircleCheck, CircleDashed, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import type { DoctorLineView } from "@/lib/meta/doctor/read-doctor";
import { LocalTime } from "./local-time";

const TONES = {
  good: { words: "In order", icon: "text-good", Icon: CircleCheck },
  soon: { words: "To be done soon", icon: "text-warn", Icon: CircleAlert },
  bad: { words: "Needs mending", icon: "text-bad", Icon: CircleX },
  unknown: { words: "Not known", icon: "text-faint", Icon: CircleDashed },
} as const;

type DoctorLinesProps = {
  lines: DoctorLineView[];
  /** The buttons that mend a line. */
  mend: (line: DoctorLineView) => ReactNode;
};

/** Every part of a connection, one under the other; what is to be done stands above all that is well. */
export function DoctorLines({ lines, mend }: DoctorLinesProps) {
  const [urgent, rest] = [lines.filter(isUrgent), lines.filter((line) => !isUrgent(line))];
  return (
    <ol aria-label="Checks" className="-my-1 divide-y divide-line">
      {[...urgent, ...rest].map((line) => (
        <DoctorLine key={line.line} line={line}>
          {line.mends.length > 0 && mend(line)}
        </DoctorLine>
      ))}
    </ol>
  );
}

function isUrgent({ tone }: DoctorLineView): boolean {
  return tone === "bad" || tone === "soon";
}

function DoctorLine({ line, children }: { line: DoctorLineView; children: ReactNode }) {
  const { words, icon, Icon } = TONES[line.tone];
  const quiet = line.tone === "good" || line.tone === "unknown";
  return (
    <li
      className={cx("flex items-start gap-3 py-2.5", line.tone === "bad" && "-mx-3 rounded-control bg-bad-soft px-3")}
    >
      <Icon aria-hidden="true" className={cx("mt-0.5 size-4.5 shrink-0 stroke-[1.8]", icon)} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="sr-only">{words}:</span>
          <span className={cx("break-words", line.tone === "unknown" ? "text-soft" : "font-medium")}>{line.title}</span>
          {line.name && <code className="break-all text-faint text-xs">{line.name}</code>}
          {line.moment && (
            <span className="text-faint text-xs">
              {line.moment.label} <LocalTime at={line.moment.at} />
            </span>
          )}
        </p>
        <p className={quiet ? "text-faint" : "text-soft"}>{line.sentence}</p>
        {children && <div className="mt-2 flex flex-wrap gap-2">{children}</div>}
      </div>
    </li>
  );
}

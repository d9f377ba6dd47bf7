import type { DoctorView } from "@/lib/meta/doctor/read-doctor";
import { LocalTime } from "./local-time";

/** What changed of late. */
export function DoctorHistory({ changes }: { changes: DoctorView["history"] }) {
  if (changes.length === 0) return null;
  return (
    <details className="mt-4 border-line border-t pt-3 text-sm">
      <summary className="cursor-pointer text-soft">What changed</summary>
      <ol aria-label="What changed" className="mt-2 flex flex-col gap-2">
        {changes.map(({ line, title, sentence, at }) => (
          <li key={`${line} ${at}`} className="text-soft">
            <span className="text-faint text-xs">
              <LocalTime at={at} />
            </span>{" "}
            <span className="font-medium text-ink">{title}.</span> {sentence}
          </li>
        ))}
      </ol>
    </details>
  );
}

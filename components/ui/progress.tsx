import { cx } from "./cx";

type ProgressProps = {
  /** What is under way, for ears. */
  label: string;
  /** Left out while nobody knows how much there is. */
  value?: number;
  max?: number;
};

/** How far something has come. */
export function Progress({ label, value, max = 100 }: ProgressProps) {
  const known = value !== undefined && max > 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={known ? 0 : undefined}
      aria-valuemax={known ? max : undefined}
      aria-valuenow={known ? value : undefined}
      className="h-1.5 overflow-hidden rounded-full bg-ground"
    >
      <div
        className={cx("h-full rounded-full bg-accent transition-[width] duration-500", !known && "w-1/4 animate-pulse")}
        style={known ? { width: `${Math.min(100, (100 * value) / max)}%` } : undefined}
      />
    </div>
  );
}

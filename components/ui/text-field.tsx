import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx";

type TextFieldProps = ComponentProps<"input"> & {
  label: string;
  hint?: ReactNode;
  /** What is wrong and what to do; replaces the hint. */
  error?: string | null;
};

export const FIELD_CLASS =
  "h-10 w-full rounded-control border border-edge bg-card px-3 text-base text-ink placeholder:text-faint transition-shadow focus:border-accent focus:outline-none focus:ring-3 focus:ring-accent/25 disabled:opacity-60 aria-invalid:border-bad";

export function TextField({ label, hint, error, className, ...rest }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={FIELD_CLASS}
      />
      {note && (
        <p id={`${id}-note`} className={cx("text-xs", error ? "text-bad" : "text-faint")}>
          {note}
        </p>
      )}
    </div>
  );
}

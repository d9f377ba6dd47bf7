import { ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx";
import { FIELD_CLASS } from "./text-field";

type SelectProps = Omit<ComponentProps<"select">, "children"> & {
  label: string;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  hint?: ReactNode;
  options: { value: string; label: string; disabled?: boolean }[];
};

export function Select({ label, hideLabel = false, hint, options, className, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className={cx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "font-medium text-sm"}>
        {label}
      </label>
      <div className="relative">
        <select
          {...rest}
          id={id}
          aria-describedby={hint ? `${id}-note` : undefined}
          className={cx(FIELD_CLASS, "appearance-none pr-9")}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden="true" className="pointer-events-none absolute top-3 right-3 size-4 text-faint" />
      </div>
      {hint && (
        <p id={`${id}-note`} className="text-faint text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}

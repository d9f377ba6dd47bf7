import { Fragment, type ReactNode, useId } from "react";
import { cx } from "./cx";

export type RadioOption = {
  value: string;
  /** The accessible name, alone. */
  label: string;
  /** Read after the name; for an option that cannot be chosen: the reason. */
  description?: ReactNode;
  disabled?: boolean;
  /** A picture or icon before the name. */
  leading?: ReactNode;
  /** The heading under which it stands; options of one section follow each other. */
  section?: string;
};

type RadioGroupProps = {
  label: string;
  hideLabel?: boolean;
  name: string;
  options: RadioOption[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  className?: string;
  /** On the options: for a list that scrolls by itself. */
  listClassName?: string;
};

/** Native radios in one named group, each a whole row to press. Works in plain forms too. */
export function RadioGroup(props: RadioGroupProps) {
  const id = useId();
  return (
    <div role="radiogroup" aria-labelledby={id} className={cx("flex flex-col gap-2", props.className)}>
      <p id={id} className={props.hideLabel ? "sr-only" : "font-medium text-sm"}>
        {props.label}
      </p>
      <div className={cx("flex flex-col gap-2", props.listClassName)}>
        {props.options.map((option, n) => (
          <Fragment key={option.value}>
            {option.section && option.section !== props.options[n - 1]?.section && (
              <p className="pt-2 text-faint text-sm first:pt-0">{option.section}</p>
            )}
            <RadioRow option={option} group={props} />
          </Fragment>
        ))}
      </div>
    </div>
  );
}

function RadioRow({ option, group }: { option: RadioOption; group: RadioGroupProps }) {
  const id = useId();
  const controlled = group.value === undefined ? {} : { checked: group.value === option.value };
  const initial = group.defaultValue === undefined ? {} : { defaultChecked: group.defaultValue === option.value };
  return (
    <div
      className={cx(
        "relative flex shrink-0 items-center gap-3 rounded-card border border-line bg-card px-3.5 py-3 transition-colors",
        // A list of hundreds stays quick: rows out of sight are not laid out.
        "[contain-intrinsic-size:auto_4.5rem] [content-visibility:auto]",
        "has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
        option.disabled ? "bg-paper" : "hover:border-edge",
      )}
    >
      <input
        type="radio"
        id={id}
        name={group.name}
        value={option.value}
        disabled={option.disabled}
        aria-describedby={option.description ? `${id}-note` : undefined}
        onChange={() => group.onValueChange?.(option.value)}
        className="relative z-10 size-4 shrink-0 outline-none"
        {...controlled}
        {...initial}
      />
      {option.leading}
      <div className="min-w-0 flex-1">
        {/* The label covers the row, so that the whole of it can be pressed. */}
        <label
          htmlFor={id}
          className={cx("font-medium after:absolute after:inset-0", option.disabled ? "text-soft" : "cursor-pointer")}
        >
          {option.label}
        </label>
        {option.description && (
          <div id={`${id}-note`} className="text-soft text-sm">
            {option.description}
          </div>
        )}
      </div>
    </div>
  );
}

import type { ComponentProps } from "react";
import { cx } from "./cx";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & {
  /** What it does, in words: its accessible name and its tooltip. */
  label: string;
};

export function IconButton({ label, type = "button", className, children, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={cx(
        "inline-grid size-9 shrink-0 place-items-center rounded-control text-soft transition-colors duration-100 hover:bg-ground hover:text-ink disabled:opacity-50 [&_svg]:size-4.5 [&_svg]:stroke-[1.7]",
        className,
      )}
    >
      {children}
    </button>
  );
}

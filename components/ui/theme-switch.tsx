"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { cx } from "./cx";
import { chooseTheme, readTheme, type Theme } from "./theme";

const CHOICES: { value: Theme; label: string; Icon: typeof Sun }[] = [
  { value: "system", label: "As the device", Icon: Monitor },
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
];

export function ThemeSwitch({ className }: { className?: string }) {
  const name = useId();
  // Known only in the browser; until then nothing is marked.
  const [theme, setTheme] = useState<Theme | null>(null);
  useEffect(() => setTheme(readTheme()), []);
  return (
    <fieldset className={cx("flex rounded-control border border-line bg-ground p-0.5", className)}>
      <legend className="sr-only">Appearance</legend>
      {CHOICES.map(({ value, label, Icon }) => (
        <label
          key={value}
          title={label}
          className="grid h-7.5 flex-1 cursor-pointer place-items-center rounded-[0.4375rem] text-faint hover:text-ink has-checked:bg-card has-checked:text-ink has-checked:ring-1 has-checked:ring-line has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            checked={theme === value}
            onChange={() => {
              chooseTheme(value);
              setTheme(value);
            }}
            className="sr-only"
          />
          <Icon aria-hidden="true" className="size-4" />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

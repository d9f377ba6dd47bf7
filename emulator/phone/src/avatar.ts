import { h, on } from "./dom";

export interface AvatarOptions {
  size: number;
  /** A ring: this account has a story that can be seen. */
  ring?: boolean;
}

/** The round picture of an account, or its initials on a colour of its own. */
export function avatar(
  account: { username: string; name: string; picture: string | null },
  options: AvatarOptions,
): HTMLElement {
  const initials = h("span", { class: "avatar-initials" }, initialsOf(account.name || account.username));
  const element = h(
    "span",
    {
      class: options.ring ? "avatar avatar-ring" : "avatar",
      style: `--size:${options.size}px;--hue:${hueOf(account.username)}`,
      "aria-hidden": "true",
    },
    initials,
  );
  if (account.picture) {
    const picture = h("img", {
      src: account.picture,
      alt: "",
      width: options.size,
      height: options.size,
      draggable: "false",
    });
    element.append(on(picture, { error: () => picture.remove() }));
  }
  return element;
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== "");
  return words
    .slice(0, 2)
    .map((word) => ([...word][0] ?? "").toUpperCase())
    .join("");
}

function hueOf(text: string): number {
  let hash = 0;
  for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hash;
}

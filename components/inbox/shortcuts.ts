export type ShortcutAction = "next" | "previous" | "reply" | "leave" | "search" | "find" | "help";

export type Shortcut = {
  /** As on the key caps. */
  caps: string[];
  does: string;
  where: "Anywhere" | "In the list" | "In the reply box";
  /** `KeyboardEvent.key` values, each of which triggers it; without an action the key is the browser's or the field's own. */
  keys?: string[];
  /** Together with Ctrl, or ⌘ on a Mac; then it acts in fields too. */
  mod?: true;
  action?: ShortcutAction;
};

/** The one table of keys: the handler acts by it and the help shows it. */
export const SHORTCUTS: Shortcut[] = [
  { caps: ["J"], does: "Next conversation", where: "Anywhere", keys: ["j"], action: "next" },
  { caps: ["K"], does: "Previous conversation", where: "Anywhere", keys: ["k"], action: "previous" },
  { caps: ["R", "Enter"], does: "Reply", where: "Anywhere", keys: ["r", "Enter"], action: "reply" },
  {
    caps: ["Esc"],
    does: "Leave the reply box, then the conversation",
    where: "Anywhere",
    keys: ["Escape"],
    action: "leave",
  },
  { caps: ["/"], does: "Search people and messages", where: "Anywhere", keys: ["/"], action: "search" },
  {
    caps: ["Ctrl or ⌘", "K"],
    does: "Search from any field",
    where: "Anywhere",
    keys: ["k"],
    mod: true,
    action: "search",
  },
  {
    caps: ["Ctrl or ⌘", "F"],
    does: "Find in the conversation",
    where: "Anywhere",
    keys: ["f"],
    mod: true,
    action: "find",
  },
  { caps: ["?"], does: "Show these keys", where: "Anywhere", keys: ["?"], action: "help" },
  { caps: ["↑", "↓"], does: "Move along the conversations", where: "In the list" },
  { caps: ["Enter"], does: "Open and reply", where: "In the list" },
  { caps: ["Enter"], does: "Send", where: "In the reply box" },
  { caps: ["Shift + Enter"], does: "New line", where: "In the reply box" },
];

type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** What a key press means. @param place where the focus is @param letters whether bare letters count */
export function shortcutFor(
  press: KeyPress,
  place: "field" | "control" | "elsewhere",
  letters: boolean,
): ShortcutAction | null {
  if (press.altKey) return null;
  if (press.ctrlKey || press.metaKey) {
    return SHORTCUTS.find(({ keys, mod }) => mod && keys?.includes(press.key.toLowerCase()))?.action ?? null;
  }
  const letter = press.key.length === 1;
  if (letter && (place === "field" || !letters)) return null;
  // On a link, a button or in a field Enter has a meaning of its own.
  if (press.key === "Enter" && place !== "elsewhere") return null;
  const key = letter ? press.key.toLowerCase() : press.key;
  return SHORTCUTS.find(({ keys, mod }) => !mod && keys?.includes(key))?.action ?? null;
}

/** Whether nothing but bare letters triggers it: those can be switched off, since dictation types letters. */
export function isLetterOnly({ keys, mod }: Shortcut): boolean {
  return (!mod && keys?.every((key) => key.length === 1)) ?? false;
}

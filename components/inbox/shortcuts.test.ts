import { expect, test } from "vitest";
import { SHORTCUTS, shortcutFor } from "./shortcuts";

const press = (key: string, modifiers = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

test("while typing letters are text, and Escape still leaves", () => {
  expect(shortcutFor(press("j"), "field", true)).toBeNull();
  expect(shortcutFor(press("?"), "field", true)).toBeNull();
  expect(shortcutFor(press("Escape"), "field", true)).toBe("leave");
});

test("letters act anywhere else, with Caps Lock too, and never together with a modifier", () => {
  expect(shortcutFor(press("j"), "control", true)).toBe("next");
  expect(shortcutFor(press("K"), "elsewhere", true)).toBe("previous");
  expect(shortcutFor(press("r", { ctrlKey: true }), "elsewhere", true)).toBeNull();
});

test("search and find come with Ctrl or ⌘ from anywhere, also while typing", () => {
  expect(shortcutFor(press("k", { ctrlKey: true }), "field", false)).toBe("search");
  expect(shortcutFor(press("F", { metaKey: true }), "field", true)).toBe("find");
  expect(shortcutFor(press("k"), "elsewhere", true)).toBe("previous");
  expect(shortcutFor(press("f"), "elsewhere", true)).toBeNull();
  expect(shortcutFor(press("/"), "elsewhere", true)).toBe("search");
  expect(shortcutFor(press("/"), "field", true)).toBeNull();
});

test("Enter replies only where it has no meaning of its own", () => {
  expect(shortcutFor(press("Enter"), "elsewhere", true)).toBe("reply");
  expect(shortcutFor(press("Enter"), "control", true)).toBeNull();
});

test("switched off, bare letters do nothing and the other keys still work", () => {
  for (const key of SHORTCUTS.flatMap(({ keys }) => keys ?? [])) {
    const action = shortcutFor(press(key), "elsewhere", false);
    if (key.length === 1) expect(action).toBeNull();
    else expect(action).not.toBeNull();
  }
});

type Child = Node | string | null | false | undefined;
type Value = string | number | boolean | null | undefined;
type Handlers = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

/** Makes an element. Strings become text nodes, never markup; `true` is an empty attribute, `false` and `null` none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  fill(element, ...children);
  return element;
}

/** Adds listeners and answers the element, so that it can be written where the element is made. */
export function on<E extends HTMLElement>(element: E, handlers: Handlers): E {
  for (const [type, handler] of Object.entries(handlers)) element.addEventListener(type, handler as EventListener);
  return element;
}

export function setAttributes(element: Element, attributes: Record<string, Value>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Replaces what the element holds. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== null && child !== undefined && child !== false));
}

/** Writes text only when it differs, so that selections and live regions are left in peace. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export interface Row {
  key: string;
  /** Everything the row shows; the element is made anew only when this changes. */
  version: string;
  make: () => HTMLElement;
}

const held = new WeakMap<Element, { key: string; version: string }>();

/** Makes the children of `parent` equal to `rows`, keeping elements (and their scroll, media and focus) that did not change. */
export function reconcile(parent: Element, rows: Row[]): void {
  const before = new Map<string, Element>();
  for (const child of parent.children) {
    const mark = held.get(child);
    if (mark) before.set(mark.key, child);
  }
  let cursor: Element | null = parent.firstElementChild;
  for (const row of rows) {
    const old = before.get(row.key);
    before.delete(row.key);
    if (old && held.get(old)?.version === row.version) {
      if (old === cursor) cursor = cursor.nextElementSibling;
      else parent.insertBefore(old, cursor);
      continue;
    }
    const fresh = row.make();
    held.set(fresh, { key: row.key, version: row.version });
    if (!old) {
      parent.insertBefore(fresh, cursor);
      continue;
    }
    // What only changes does not arrive again: no entrance for it.
    fresh.classList.add("still");
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    if (old === cursor) cursor = cursor.nextElementSibling;
    old.remove();
    parent.insertBefore(fresh, cursor);
    if (focused) refocus(fresh, focused);
  }
  while (cursor) {
    const next: Element | null = cursor.nextElementSibling;
    cursor.remove();
    cursor = next;
  }
}

function refocus(fresh: HTMLElement, focused: Element): void {
  const name = focused.getAttribute("aria-label");
  const twin =
    fresh.getAttribute("aria-label") === name
      ? fresh
      : fresh.querySelector<HTMLElement>(`[aria-label="${CSS.escape(name ?? "")}"]`);
  twin?.focus({ preventScroll: true });
}

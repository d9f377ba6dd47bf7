import { escapeHtml } from "../login/html";

export interface Button {
  label: string;
  /** What a screen reader says, when the label alone does not tell. */
  name?: string;
  kind?: "primary" | "danger";
}

/** One button that posts `values`. */
export function postButton({ label, name, kind }: Button, values: Record<string, string>, action = ""): string {
  const hidden = Object.entries(values)
    .map(([key, value]) => `<input type="hidden" name="${escapeHtml(key)}" value="${escapeHtml(value)}">`)
    .join("");
  const aria = name ? ` aria-label="${escapeHtml(name)}"` : "";
  return `<form method="post"${action ? ` action="${escapeHtml(action)}"` : ""}>${hidden}<button${kind ? ` class="${kind}"` : ""}${aria}>${escapeHtml(label)}</button></form>`;
}

export function card(title: string, words: string, content: string): string {
  return `<section class="card" aria-label="${escapeHtml(title)}"><h2>${escapeHtml(title)}</h2>${words ? `<p class="soft">${escapeHtml(words)}</p>` : ""}${content}</section>`;
}

/** Rows of a list: what it is, a line below, and what can be done; HTML in all three but the first two are text. */
export function rows(
  label: string,
  items: { title: string; small?: string; picture?: string | null; after: string }[],
): string {
  const list = items.map(
    ({ title, small, picture, after }) =>
      `<li>${pictureOf(picture)}<span class="grow">${escapeHtml(title)}${small ? `<small>${escapeHtml(small)}</small>` : ""}</span><span class="acts">${after}</span></li>`,
  );
  return `<ul class="rows" aria-label="${escapeHtml(label)}">${list.join("")}</ul>`;
}

/** null is a picture that is missing. */
function pictureOf(picture: string | null | undefined): string {
  if (picture === undefined) return "";
  return picture === null ? `<span class="blank"></span>` : `<img src="${escapeHtml(picture)}" alt="">`;
}

export function textField(name: string, label: string, value: string, hint = "", type = "text"): string {
  return `<label class="field"><span>${escapeHtml(label)}</span><input type="${type}" name="${name}" value="${escapeHtml(value)}">${hint ? `<small>${escapeHtml(hint)}</small>` : ""}</label>`;
}

export function linesField(name: string, label: string, lines: string[], hint = ""): string {
  return `<label class="field"><span>${escapeHtml(label)}</span><textarea name="${name}">${escapeHtml(lines.join("\n"))}</textarea>${hint ? `<small>${escapeHtml(hint)}</small>` : ""}</label>`;
}

export function tick(name: string, value: string, label: string, checked: boolean, small = ""): string {
  return `<label class="tick"><input type="checkbox" name="${escapeHtml(name)}" value="${escapeHtml(value)}" aria-label="${escapeHtml(label)}"${checked ? " checked" : ""}><span>${escapeHtml(label)}${small ? `<small>${escapeHtml(small)}</small>` : ""}</span></label>`;
}

export function select(
  name: string,
  label: string,
  options: { value: string; label: string; chosen?: boolean }[],
): string {
  const list = options.map(
    (one) =>
      `<option value="${escapeHtml(one.value)}"${one.chosen ? " selected" : ""}>${escapeHtml(one.label)}</option>`,
  );
  return `<label class="field"><span>${escapeHtml(label)}</span><select name="${name}">${list.join("")}</select></label>`;
}

export function state(words: string, good: boolean): string {
  return `<span class="state ${good ? "good" : "bad"}">${escapeHtml(words)}</span>`;
}

/** Filters the rows of the list after it. */
export function search(count: number): string {
  if (count < 12) return "";
  return `<input type="search" aria-label="Search" placeholder="Search ${count}" oninput="for (const row of this.nextElementSibling.children) row.hidden = !row.textContent.toLowerCase().includes(this.value.toLowerCase())">`;
}

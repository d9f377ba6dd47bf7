/** Text made safe for HTML content and attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

export const STYLE = `
:root { color-scheme: light dark; --ground: #eef0f4; --card: #fff; --ink: #1b1f27; --soft: #5d6675; --line: #dfe3ea; --blue: #1463d8; --tint: #e8f0fe; --red: #b3261e; --green: #1b7a3d; }
@media (prefers-color-scheme: dark) { :root { --ground: #14161b; --card: #1e2128; --ink: #eef0f4; --soft: #a2abba; --line: #343945; --blue: #5b9bff; --tint: #22304a; --red: #ff8a80; --green: #6fd08c; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: start center; padding: 6vh 16px; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 520px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 28px; }
.mark { margin: 0 0 18px; font-size: 12px; letter-spacing: .04em; color: var(--soft); }
h1 { font-size: 21px; line-height: 1.25; margin: 0 0 8px; } h2 { font-size: 15px; margin: 22px 0 8px; } p { margin: 0 0 12px; } .soft { color: var(--soft); font-size: 13px; }
ul { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 10px; max-height: 420px; overflow: auto; }
li + li { border-top: 1px solid var(--line); } li label { display: flex; gap: 12px; padding: 10px 14px; cursor: pointer; } li small { display: block; color: var(--soft); }
input[type=search], input[type=text], input[type=url], select { width: 100%; font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 9px; padding: 8px 12px; margin: 0 0 8px; }
li[hidden] { display: none; }
input[type=checkbox] { width: 18px; height: 18px; margin: 2px 0 0; flex: none; accent-color: var(--blue); }
button { font: inherit; font-weight: 600; border-radius: 9px; border: 1px solid var(--line); background: none; color: inherit; padding: 9px 16px; cursor: pointer; }
button.primary { background: var(--blue); border-color: var(--blue); color: #fff; } @media (prefers-color-scheme: dark) { button.primary { color: #0c1220; } }
.logo { width: 48px; height: 48px; border-radius: 12px; display: block; margin: 0 0 14px; }
.person { display: flex; align-items: center; gap: 12px; width: 100%; text-align: left; margin-bottom: 8px; } .person img { width: 36px; height: 36px; border-radius: 50%; }
.actions { display: flex; gap: 10px; margin: 22px -28px 0; padding: 12px 28px; flex-wrap: wrap; position: sticky; bottom: 0; background: var(--card); border-top: 1px solid var(--line); } a { color: var(--blue); } :focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
.quiet { display: flex; gap: 8px; margin-top: 8px; } .quiet button { padding: 3px 10px; font-size: 12px; font-weight: 500; }
.notice { border: 1px solid var(--line); border-left: 4px solid var(--blue); border-radius: 8px; padding: 8px 12px; }
`;

/** A page of the emulator's facebook.com. `content` is HTML, everything in it escaped already. */
export function facebookPage(title: string, content: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin"><title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main><p class="mark">Facebook, as the emulator plays it</p>${content}</main></body></html>`;
}

export function personButton(name: string, id: string, picture: string): string {
  return `<form method="post"><input type="hidden" name="step" value="person"><input type="hidden" name="person" value="${escapeHtml(id)}">
<button class="person"><img src="${escapeHtml(picture)}" alt="">${escapeHtml(name)}</button></form>`;
}

/** Longer lists scroll by themselves. */
const SHOWN_IN_FULL = 10;
const SEARCHABLE = 30;

/** A list of check boxes, each named by `label`, with an explanation below. */
export function checkList(
  name: string,
  heading: string,
  items: { value: string; label: string; small: string; ticked: boolean; locked?: boolean }[],
): string {
  const rows = items.map(({ value, label, small, ticked, locked }) => {
    return `<li><label><input type="checkbox" name="${name}" value="${escapeHtml(value)}" aria-label="${escapeHtml(label)}"${ticked ? " checked" : ""}${locked ? " disabled" : ""}><span>${small}</span></label></li>`;
  });
  const search =
    items.length >= SEARCHABLE
      ? `<input type="search" aria-label="Search" placeholder="Search ${items.length}" oninput="for (const row of this.nextElementSibling.children) row.hidden = !row.textContent.toLowerCase().includes(this.value.toLowerCase())">`
      : "";
  return `<h2>${escapeHtml(heading)}</h2>${search}<ul aria-label="${escapeHtml(heading)}"${items.length <= SHOWN_IN_FULL ? ' style="max-height:none"' : ""}>${rows.join("")}</ul>`;
}

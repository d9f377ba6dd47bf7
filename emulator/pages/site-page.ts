import { escapeHtml, STYLE } from "../login/html";
import type { Person } from "../world/types";

const SITE_STYLE = `
body { display: block; place-items: normal; padding: 0; }
.top { position: sticky; top: 0; z-index: 1; display: flex; align-items: center; gap: 6px 18px; flex-wrap: wrap; padding: 10px max(16px, calc((100vw - 1080px) / 2)); background: var(--card); border-bottom: 1px solid var(--line); }
.top .mark { margin: 0; white-space: nowrap; } .top nav { display: flex; gap: 2px; overflow-x: auto; flex: 1; min-width: 0; } .top nav a { padding: 6px 9px; border-radius: 8px; color: var(--soft); text-decoration: none; white-space: nowrap; font-size: 14px; }
.top nav a[aria-current], .side a[aria-current] { background: var(--tint); color: var(--ink); font-weight: 600; } .top nav a:hover, .side a:hover { background: var(--tint); }
.who { font-size: 13px; color: var(--soft); white-space: nowrap; } @media (max-width: 1000px) { .top { justify-content: space-between; } .top nav { order: 3; flex: 0 0 100%; } }
.site h1 { margin: 0 0 16px; }
.site { max-width: 1080px; margin: 0 auto; padding: 28px 16px 80px; background: none; border: 0; border-radius: 0; }
.site.with-side { display: grid; grid-template-columns: 200px minmax(0, 1fr); gap: 28px; align-items: start; }
.site > * { min-width: 0; } .side { position: sticky; top: 76px; display: grid; gap: 2px; } .side a { padding: 8px 12px; border-radius: 9px; color: var(--soft); text-decoration: none; font-size: 14px; }
.app-head { display: flex; gap: 12px; align-items: center; margin: 0 0 14px; } .app-head img { width: 40px; height: 40px; border-radius: 10px; } .app-head strong { display: block; line-height: 1.2; } .app-head small { color: var(--soft); }
@media (max-width: 560px) { .rows .acts { flex: 1 0 100%; } }
@media (max-width: 760px) { .site.with-side { grid-template-columns: minmax(0, 1fr); gap: 12px; } .side { position: static; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; } .side a { padding: 6px 10px; } .side p { margin: 0 auto 0 0; } .app-head { flex: 1 0 100%; } .side a { white-space: nowrap; } .app-head { margin: 0; } }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 20px 22px; margin: 0 0 16px; } .card > h2 { margin: 0 0 6px; font-size: 16px; } .card > :last-child { margin-bottom: 0; }
.rows { border: 0; border-radius: 0; max-height: none; } .rows > li { display: flex; gap: 8px 12px; align-items: center; flex-wrap: wrap; padding: 10px 0; } .rows .grow { flex: 1; min-width: 180px; } .rows .acts { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; } .rows form { display: flex; gap: 8px; flex-wrap: wrap; } .rows img, .rows .blank { width: 34px; height: 34px; border-radius: 50%; background: var(--ground); } .rows button { padding: 6px 12px; font-size: 14px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 18px; margin: 0 0 12px; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.field { display: block; margin: 0 0 14px; } .field > span { display: block; font-weight: 600; font-size: 14px; margin: 0 0 4px; } .field small { color: var(--soft); }
.field input, .field textarea, .field select { width: 100%; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 9px; padding: 8px 12px; } textarea { min-height: 76px; resize: vertical; } select { background: var(--card); color: var(--ink); }
.tick { display: flex; gap: 10px; margin: 0 0 10px; cursor: pointer; } .tick small { display: block; color: var(--soft); }
.state { font-size: 12px; font-weight: 600; padding: 2px 9px; border-radius: 99px; background: var(--tint); } .state.good { color: var(--green); } .state.bad { color: var(--red); }
button.danger { color: var(--red); } .problem { border-left-color: var(--red); } code, .field .token { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.apps { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 14px; } .apps a { color: inherit; text-decoration: none; } .apps .card { margin: 0; height: 100%; } .apps a:hover .card { border-color: var(--blue); }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 2px 14px; margin: 0 0 12px; }
`;

const PLACES = [
  { href: "/facebook/business-integrations", label: "Business integrations" },
  { href: "/facebook/security", label: "Password and security" },
  { href: "/facebook/pages", label: "Pages" },
  { href: "/facebook/instagram", label: "Instagram accounts" },
  { href: "/facebook/developers", label: "Developers" },
];

export interface SitePage {
  title: string;
  person: Person;
  /** The address of the place in the navigation. */
  place: string;
  notice?: { words: string; problem?: boolean } | null;
  side?: string;
  /** HTML, everything in it escaped already. */
  content: string;
}

/** A page of the emulator's facebook.com for somebody who is logged in. */
export function sitePage({ title, person, place, notice, side, content }: SitePage): string {
  const links = PLACES.map(
    ({ href, label }) => `<a href="${href}"${href === place ? ' aria-current="page"' : ""}>${label}</a>`,
  ).join("");
  const told = notice
    ? `<p class="notice${notice.problem ? " problem" : ""}" role="${notice.problem ? "alert" : "status"}">${escapeHtml(notice.words)}</p>`
    : "";
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin"><title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${STYLE}${SITE_STYLE}</style></head>
<body><header class="top"><p class="mark">Facebook (emulator)</p><nav aria-label="Facebook">${links}</nav>
<span class="who">${escapeHtml(person.name)} · <a href="${place}?switch=1">Somebody else?</a></span></header>
<main class="site${side ? " with-side" : ""}">${side ?? ""}<div><h1>${escapeHtml(title)}</h1>${told}${content}</div></main>
<script>document.querySelector(".top [aria-current]").scrollIntoView({ inline: "center", block: "nearest" });</script></body></html>`;
}

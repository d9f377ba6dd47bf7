/** The desk's own colours (the names of app/globals.css) on a page that stands alone. */
export const REFERENCE_STYLE = `
:root {
  color-scheme: light dark;
  --raw-ground: light-dark(oklch(0.965 0.006 85), oklch(0.165 0.006 60));
  --raw-paper: light-dark(oklch(0.985 0.004 85), oklch(0.19 0.006 60));
  --raw-card: light-dark(oklch(1 0 0), oklch(0.225 0.007 60));
  --raw-line: light-dark(oklch(0.915 0.008 85), oklch(0.295 0.008 60));
  --raw-ink: light-dark(oklch(0.24 0.015 60), oklch(0.94 0.006 85));
  --raw-soft: light-dark(oklch(0.45 0.015 60), oklch(0.77 0.01 85));
  --raw-faint: light-dark(oklch(0.52 0.013 60), oklch(0.67 0.01 85));
  --raw-accent: light-dark(oklch(0.55 0.19 5), oklch(0.7 0.165 5));
  --raw-accent-strong: light-dark(oklch(0.5 0.19 5), oklch(0.76 0.14 5));
  --raw-accent-soft: light-dark(oklch(0.955 0.03 5), oklch(0.28 0.05 5));
  --raw-good: light-dark(oklch(0.48 0.11 155), oklch(0.78 0.13 155));
  --raw-warn: light-dark(oklch(0.5 0.115 60), oklch(0.8 0.13 75));
  --raw-bad: light-dark(oklch(0.52 0.2 27), oklch(0.74 0.16 25));
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; }
html { background: var(--raw-ground); color: var(--raw-ink); scroll-padding-top: 1rem; text-size-adjust: 100%; }
body { margin: 0; font: 0.9375rem/1.5 ui-sans-serif, system-ui, sans-serif; overflow-wrap: break-word; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.8125rem; }
p, ul, dl, dd, pre { margin: 0; }
ul { padding: 0; list-style: none; }
a { color: var(--raw-accent-strong); text-underline-offset: 0.15em; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 0.75rem; font-size: 1.75rem; }
h2 { margin: 3.5rem 0 0.25rem; font-size: 1.3125rem; }
h3 { margin: 0; font-size: 1.0625rem; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
h4 { margin: 1.25rem 0 0.375rem; font-size: 0.8125rem; color: var(--raw-soft); }
h4 small { font-weight: 400; color: var(--raw-faint); }
:focus-visible { outline: 2px solid var(--raw-accent); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; padding: 0.5rem 0.75rem; background: var(--raw-card); }

nav { padding: 0.75rem 1rem; border-bottom: 1px solid var(--raw-line); font-size: 0.84375rem; }
nav summary { padding: 0.25rem 0; font-weight: 600; cursor: pointer; }
nav ul ul { margin: 0.125rem 0 0.625rem; }
nav a { display: block; padding: 0.1875rem 0.5rem; border-radius: 0.375rem; color: var(--raw-soft); text-decoration: none; }
nav > details > ul > li > a { color: var(--raw-ink); font-weight: 600; }
nav a:hover { background: var(--raw-accent-soft); color: var(--raw-ink); }
nav details > ul { max-height: 40vh; overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; }
nav ul ul a { display: grid; grid-template-columns: 2.75rem minmax(0, 1fr); align-items: baseline; }
nav .method { font-size: 0.6875rem; }
nav .shapes a { display: block; }

main { max-width: 82rem; padding: 1.5rem 1rem 6rem; }
.lead { max-width: 46rem; color: var(--raw-soft); }
.said { color: var(--raw-soft); font-size: 0.84375rem; }
.facts { display: grid; gap: 0.75rem; max-width: 52rem; margin-top: 1.25rem; }
.facts div { display: grid; gap: 0.125rem 1rem; }
.facts dt { font-weight: 600; }
.facts dd { min-width: 0; color: var(--raw-soft); }
.facts pre { margin-top: 0.5rem; }

.operation, .shape { margin-top: 1.25rem; padding: 1.125rem 1rem 1.25rem; border: 1px solid var(--raw-line); border-radius: 0.875rem; background: var(--raw-card); }
.operation:target, .shape:target { border-color: var(--raw-accent); }
.call { margin: 0.375rem 0 0.125rem; }
.method { font: 600 0.75rem/1.2 ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--raw-accent-strong); }
.method.get { color: var(--raw-good); }
.method.patch { color: var(--raw-warn); }
.method.delete { color: var(--raw-bad); }
.columns > div { min-width: 0; }
.shape > .fields { margin-top: 0.625rem; }
.fields li { padding: 0.375rem 0; border-top: 1px solid var(--raw-line); }
.fields .fields, .variant .fields { margin: 0.375rem 0 0 0.125rem; padding-left: 0.875rem; border-left: 2px solid var(--raw-line); }
.fields .fields li:first-child, .variant .fields li:first-child { border-top: 0; }
.fields .said { display: block; }
.name { font-weight: 600; }
.kind { color: var(--raw-soft); font-size: 0.84375rem; }
.required { color: var(--raw-accent-strong); font-size: 0.78125rem; }
.variant { margin-top: 0.625rem; }
.values { margin-top: 0.5rem; line-height: 1.9; }
.errors { display: grid; gap: 0.1875rem; font-size: 0.84375rem; color: var(--raw-soft); }
.errors div { display: grid; grid-template-columns: 2.5rem minmax(0, 1fr); }
.errors dt { font-weight: 600; }
.errors dd { margin: 0; }
pre { overflow-x: auto; padding: 0.75rem 0.875rem; border: 1px solid var(--raw-line); border-radius: 0.5625rem; background: var(--raw-paper); line-height: 1.55; scrollbar-width: thin; }
pre code { user-select: all; }
.example h4:first-child { margin-top: 1rem; }

@media (min-width: 45rem) {
  .facts div { grid-template-columns: 7rem minmax(0, 1fr); }
  main { padding: 2rem 2rem 8rem; }
  .operation, .shape { padding: 1.25rem 1.5rem 1.5rem; }
}
@media (min-width: 62rem) {
  body { display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
  nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; overscroll-behavior: contain; padding: 1.25rem 0.75rem 3rem; border-bottom: 0; border-right: 1px solid var(--raw-line); background: var(--raw-paper); scrollbar-width: thin; }
  nav details > ul { max-height: none; overflow: visible; }
  nav summary { padding: 0 0.5rem 0.5rem; list-style: none; }
  nav summary::-webkit-details-marker { display: none; }
}
@media (min-width: 80rem) {
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2rem; }
  .example { position: sticky; top: 1rem; align-self: start; }
  .example h4:first-child { margin-top: 1.25rem; }
  .example pre { max-height: 75vh; }
}
@media print { nav { display: none; } body { display: block; } }
`;

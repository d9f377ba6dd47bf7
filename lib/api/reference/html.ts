/** Markup that is safe to put into a page. */
export type Html = { readonly html: string };

type Given = Html | Html[] | string | number | false | null | undefined;

/** Markup from a template; everything that is no markup already is escaped. */
export function html(parts: TemplateStringsArray, ...given: Given[]): Html {
  return { html: parts.reduce((before, part, at) => before + markup(given[at - 1]) + part) };
}

/** What the code says between backticks stands as code. */
export function words(text: string): Html {
  return { html: text.split("`").map(codeOrText).join("") };
}

function codeOrText(text: string, at: number): string {
  return at % 2 === 1 ? `<code>${escaped(text)}</code>` : escaped(text);
}

function markup(given: Given): string {
  if (given === undefined || given === null || given === false) return "";
  if (Array.isArray(given)) return given.map(({ html: inner }) => inner).join("");
  return typeof given === "object" ? given.html : escaped(String(given));
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Markup that may stand in a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = Html | Value[] | string | number | null | undefined | false;

/** A template for markup: whatever is put in is escaped, unless it is markup made here too. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.map((part, at) => part + (at < values.length ? written(values[at]) : "")).join(""));
}

function written(value: Value): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(written).join("");
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

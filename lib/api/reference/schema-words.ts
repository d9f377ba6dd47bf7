import type { JsonSchema } from "../json-schema";
import { type Html, html } from "./html";

const SHAPES = "#/components/schemas/";

/** Which kind of value a schema means, with a link to what has a name. */
export function kindOf(schema: JsonSchema): Html {
  if (schema.$ref) return shapeLink(schema.$ref.slice(SHAPES.length));
  const { rest, nullable } = withoutNull(schema);
  if (nullable) return html`${either(rest.map(kindOf))} or null`;
  if (fieldsOf(schema) && (schema.oneOf ?? schema.anyOf)) return html`one of these`;
  if (schema.oneOf ?? schema.anyOf) return html`${either((schema.oneOf ?? schema.anyOf ?? []).map(kindOf))}`;
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum) return html`${either(schema.enum.map((one) => html`<code>${JSON.stringify(one)}</code>`))}`;
  if (schema.items) return html`list of ${kindOf(schema.items)}`;
  return html`${[schema.type ?? "anything"].flat().join(" or ")}`;
}

/** What else must hold, in words. */
export function limitsOf(schema: JsonSchema): string[] {
  const { rest, nullable } = withoutNull(schema);
  const [only] = rest;
  if (nullable && only) return limitsOf(only);
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, pattern, format } = schema;
  return [
    between(minLength, maxLength, "character"),
    between(minItems, maxItems, "item"),
    between(minimum, maximum),
    format && (FORMATS[format] ?? format),
    !format && pattern && `matches \`${pattern}\``,
    schema.default !== undefined && !isEmpty(schema.default) && `\`${JSON.stringify(schema.default)}\` when left out`,
  ].filter((one) => typeof one === "string" && one !== "") as string[];
}

/** The fields of what a schema means, where they are not told elsewhere. */
export function fieldsOf(schema: JsonSchema): JsonSchema | null {
  const { rest, nullable } = withoutNull(schema);
  const [only] = rest;
  if (nullable && only) return fieldsOf(only);
  if (schema.items) return fieldsOf(schema.items);
  const has = schema.oneOf ?? schema.anyOf ?? (Object.keys(schema.properties ?? {}).length > 0 ? true : null);
  return has && !schema.$ref && !isSimple(schema) ? schema : null;
}

export function shapeLink(name: string): Html {
  return html`<a href="#${name}">${name}</a>`;
}

const FORMATS: Record<string, string> = {
  uri: "an address",
  email: "an e-mail address",
  "date-time": "a time in ISO 8601",
  binary: "the bytes",
};

function withoutNull(schema: JsonSchema): { rest: JsonSchema[]; nullable: boolean } {
  const among = schema.anyOf ?? [];
  const rest = among.filter(({ type }) => type !== "null");
  return { rest, nullable: rest.length < among.length };
}

function isSimple({ oneOf, anyOf }: JsonSchema): boolean {
  return (oneOf ?? anyOf)?.every((one) => !one.properties || one.$ref) ?? false;
}

function either(kinds: Html[]): Html[] {
  return kinds.map((kind, at) => (at === 0 ? kind : html` or ${kind}`));
}

function between(least: number | undefined, most: number | undefined, unit?: string): string {
  const real = most !== undefined && most < Number.MAX_SAFE_INTEGER ? most : undefined;
  const from = least !== undefined && least > -Number.MAX_SAFE_INTEGER ? least : undefined;
  const of = (count: number) => (unit ? ` ${unit}${count === 1 ? "" : "s"}` : "");
  if (from !== undefined && from === real) return `exactly ${from}${of(from)}`;
  if (from && real !== undefined) return `${from} to ${real.toLocaleString("en")}${of(real)}`;
  if (from !== undefined && real !== undefined)
    return `${from === 0 && unit ? "at most" : `${from} to`} ${real.toLocaleString("en")}${of(real)}`;
  if (real !== undefined) return `at most ${real.toLocaleString("en")}${of(real)}`;
  return from ? `at least ${from}${of(from)}` : "";
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

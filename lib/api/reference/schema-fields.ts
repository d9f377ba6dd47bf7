import type { JsonSchema } from "../json-schema";
import { type Html, html, words } from "./html";
import { fieldsOf, kindOf, limitsOf } from "./schema-words";

/** The fields of an object, or of each of the objects that may stand there; nothing for what has none. */
export function schemaFields(schema: JsonSchema): Html {
  const among = schema.oneOf ?? schema.anyOf;
  if (among) return html`${among.map(variant)}`;
  const fields = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required);
  if (fields.length === 0) return html``;
  return html`<ul class="fields">${fields.map(([name, inner]) => field(name, inner, required.has(name)))}</ul>`;
}

/** One field, parameter or header: its name, what it holds, and the fields inside it. */
export function field(name: string, schema: JsonSchema, required: boolean, described = schema.description): Html {
  const inside = fieldsOf(schema);
  const limits = limitsOf(schema);
  const also = schema.additionalProperties && Object.keys(schema.properties ?? {}).length > 0 && "and others";
  return html`<li><p><code class="name">${name}</code> <span class="kind">${kindOf(schema)}${limits.map((one) => html`, ${words(one)}`)}${also && html`, ${also}`}</span>${
    required && html` <span class="required">required</span>`
  }${described && html`<span class="said">${words(described)}</span>`}</p>${inside && schemaFields(inside)}</li>`;
}

function variant(schema: JsonSchema): Html {
  if (schema.$ref) return html`<p class="variant">${kindOf(schema)}</p>`;
  const { type, ...others } = schema.properties ?? {};
  const name = type?.const ?? type?.enum?.join(" or ");
  if (name === undefined) return schemaFields(schema);
  const required = (schema.required ?? []).filter((one) => one !== "type");
  const said = schema.description && html`<span class="said">${words(schema.description)}</span>`;
  return html`<div class="variant"><p><code class="name">type</code> <code>${JSON.stringify(name)}</code>${said}</p>${schemaFields({ properties: others, required })}</div>`;
}

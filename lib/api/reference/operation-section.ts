import type { Media, Operation, Parameter } from "../openapi-types";
import { curlExample, json } from "./curl-example";
import { type Html, html, words } from "./html";
import { field, schemaFields } from "./schema-fields";
import { kindOf } from "./schema-words";

const KINDS = { path: "Path", query: "Query", header: "Headers" } as const;

/** One operation as a person reads it: what it does, takes and answers, with an example of a call. */
export function operationSection(method: string, path: string, operation: Operation): Html {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const answers = Object.entries(responses);
  const refused = answers.find(([status, { content }]) => !isDone(status) && "example" in content["application/json"]);
  return html`<section class="operation" id="${operationId}" aria-labelledby="${operationId}-name">
<header><h3 id="${operationId}-name"><a href="#${operationId}">${summary}</a></h3>
<p class="call"><span class="method ${method}">${method.toUpperCase()}</span> <code>${broken(path)}</code></p>
<p class="said">${operationId}. ${words(description)}</p></header>
<div class="columns"><div>${(["path", "query", "header"] as const).map((place) => parameterList(place, parameters))}${
    requestBody && body(requestBody.content)
  }${answers.filter(([status]) => isDone(status) && !refused).map(([status, { content }]) => answer(status, content["application/json"]))}
<h4>Errors</h4><dl class="errors">${answers
    .filter(([status]) => !isDone(status))
    .map(([status, told]) => html`<div><dt>${status}</dt><dd>${told.description}</dd></div>`)}</dl></div>
<div class="example"><h4>Example</h4><pre tabindex="0"><code>${curlExample(method, path, operation)}</code></pre>${(
    refused ? [refused] : answers.filter(([status]) => isDone(status))
  ).map(
    ([status, { content }]) =>
      html`<h4>Answer ${status}</h4><pre tabindex="0"><code>${json(content["application/json"].example)}</code></pre>`,
  )}</div></div></section>`;
}

function parameterList(place: Parameter["in"], parameters: Parameter[]): Html {
  const here = parameters.filter((one) => one.in === place);
  if (here.length === 0) return html``;
  return html`<h4>${KINDS[place]}</h4><ul class="fields">${here.map(({ name, schema, required, description }) =>
    field(name, bracketed(name, schema), required, description ?? schema.description),
  )}</ul>`;
}

/** `page` with its `size` reads as it is written: `page[size]`. */
function bracketed(name: string, schema: Parameter["schema"]): Parameter["schema"] {
  if (!schema.properties) return schema;
  const { default: _, ...rest } = schema;
  const properties = Object.entries(schema.properties).map(([inner, what]) => [`${name}[${inner}]`, what]);
  const required = schema.required?.map((inner) => `${name}[${inner}]`);
  return { ...rest, properties: Object.fromEntries(properties), ...(required && { required }) };
}

function body(content: Record<string, Media>): Html {
  return html`${Object.entries(content).map(
    ([type, { schema }]) => html`<h4>Body <small>${type}</small></h4>${shape(schema)}`,
  )}`;
}

function answer(status: string, { schema }: Media): Html {
  return html`<h4>Answer ${status}</h4>${shape(schema)}`;
}

function shape(schema: Media["schema"]): Html {
  const fields = schemaFields(schema);
  if (schema.$ref) return html`<p>${kindOf(schema)}</p>`;
  return fields.html === "" ? html`<p class="said">An empty object.</p>` : fields;
}

function isDone(status: string): boolean {
  return status.startsWith("2");
}

/** A path may be broken where it is wider than a phone, at its slashes. */
function broken(path: string): Html[] {
  return path.split("/").map((part, at) => (at === 0 ? html`` : html`/<wbr>${part}`));
}

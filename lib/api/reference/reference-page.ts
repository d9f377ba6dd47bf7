import type { JsonSchema } from "../json-schema";
import type { OpenApi, Operation, Told } from "../openapi-types";
import { type Html, html, words } from "./html";
import { operationSection } from "./operation-section";
import { REFERENCE_STYLE } from "./reference-style";
import { schemaFields } from "./schema-fields";
import { kindOf, limitsOf } from "./schema-words";

type Listed = { method: string; path: string; operation: Operation };

/** The desk's own choice between light and dark, before anything is painted. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem("replydesk:theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;

/** The specification as a page for people: one document that needs no script, found through by the browser's own search. */
export function referencePage(openApi: OpenApi): string {
  const base = openApi.servers[0]?.url ?? "";
  const groups = openApi.tags.map((tag) => ({ ...tag, operations: operationsOf(openApi, tag.name) }));
  const triggers = Object.entries(openApi.webhooks);
  const shapes = Object.entries(openApi.components.schemas);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>API reference · Replydesk</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<script>${{ html: THEME_SCRIPT }}</script>
<style>${{ html: REFERENCE_STYLE }}</style>
</head>
<body>
<a class="skip" href="#start">Skip to the reference</a>
<nav aria-label="Contents"><details open><summary>Contents</summary>
<ul><li><a href="#start">Before you begin</a></li>
${groups.map(
  ({ name, operations }) =>
    html`<li><a href="#${name}">${titled(name)}</a><ul>${operations.map(
      ({ method, operation }) =>
        html`<li><a href="#${operation.operationId}"><span class="method ${method}">${SHORT[method] ?? method}</span> <span>${humps(operation.operationId)}</span></a></li>`,
    )}</ul></li>`,
)}
<li><a href="#events">Events</a><ul class="shapes">${triggers.map(([name]) => html`<li><a href="#${name}">${colons(name)}</a></li>`)}</ul></li>
<li><a href="#shapes">Shapes</a><ul class="shapes">${shapes.map(([name]) => html`<li><a href="#${name}">${name}</a></li>`)}</ul></li></ul></details></nav>
<main id="start" tabindex="-1">
<h1>API reference</h1>
${introduction(base)}
${groups.map(
  ({ name, description, operations }) =>
    html`<h2 id="${name}">${titled(name)}</h2><p class="lead">${words(description)}</p>${operations.map(
      ({ method, path, operation }) => operationSection(method, path, operation),
    )}`,
)}
<h2 id="events">Events</h2><p class="lead">What a webhook is told: <code>POST</code> with <code>{"app", "webhook", "events": [{"id", "createdAt", "type", "payload"}]}</code>. Here the payload of each type.</p>
${triggers.map(
  ([name, { post }]) =>
    html`<section class="shape" id="${name}"><h3><a href="#${name}">${colons(name)}</a></h3><p>${post.summary}.</p>${schemaFields(payloadOf(post))}</section>`,
)}
<h2 id="shapes">Shapes</h2><p class="lead">What more than one operation takes or answers.</p>
${shapes.map(([name, schema]) => {
  const { description, ...rest } = schema;
  return html`<section class="shape" id="${name}"><h3><a href="#${name}">${name}</a></h3><p>${words(description ?? "")}</p>${
    rest.enum ? html`<p class="values">${kindOf(rest)}</p>` : limits(limitsOf(rest))
  }${schemaFields(rest)}</section>`;
})}
</main>
</body>
</html>
`.html;
}

const METHODS = ["get", "post", "patch", "delete"];
const SHORT: Record<string, string> = { get: "GET", post: "POST", patch: "PATCH", delete: "DEL" };

function operationsOf({ paths }: OpenApi, tag: string): Listed[] {
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      METHODS.flatMap((method) => (methods[method] ? [{ method, path, operation: methods[method] }] : [])),
    )
    .filter(({ operation }) => operation.tags.includes(tag));
}

function introduction(base: string): Html {
  return html`<p class="lead">Read and answer Instagram conversations, in the wire format of the Sunshine Conversations API v2.
This page is made of the very schemas with which requests are checked; <a href="${base}/v2/openapi.json">openapi.json</a> is the same for programs. “Required” is what you have to send, and what an answer always has.</p>
<dl class="facts">
<div><dt>Address</dt><dd><code>${base}/v2</code>. Examples read it, and a key, from the shell:
<pre tabindex="0"><code>export DESK=${base} KEY=app_… SECRET=… APP=…</code></pre></dd></div>
<div><dt>Signing in</dt><dd>Basic, with a key's id and secret; or a JWT that is signed with the secret (HS256, the header <code>kid</code> is the key's id, the claim <code>scope</code> is the key's scope). Settings → API makes keys.</dd></div>
<div><dt>Scopes</dt><dd>Keys of an <code>integration</code> and of an <code>app</code> work in one workspace; those of the <code>account</code> in all, and they make workspaces.</dd></div>
<div><dt>Lists</dt><dd>come in pages: <code>page[after]</code> or <code>page[before]</code> takes a cursor of <code>meta</code>, <code>page[size]</code> is 1 to 100 and 25 when left out. Messages come by the hundred.</dd></div>
<div><dt>Refusals</dt><dd>are <code>{"errors":[{"code","title"}]}</code>; with a 400 each title begins with the field that is wrong.</dd></div>
<div><dt>Limits</dt><dd>Bodies of 100 kB, files of 25 MB, 6,000 requests a minute and key. <code>RateLimit-Limit</code>, <code>RateLimit-Remaining</code> and <code>RateLimit-Reset</code> (seconds) stand on every answer, <code>Retry-After</code> on a 429.</dd></div>
</dl>`;
}

function limits(said: string[]): Html {
  return said.length > 0 ? html`<p class="said">${words(said.join(", "))}</p>` : html``;
}

/** Of the one event that the call of the specification holds. */
function payloadOf({ requestBody }: Told): JsonSchema {
  const { properties } = requestBody.content["application/json"].schema;
  return properties?.events?.items?.properties?.payload ?? {};
}

function colons(trigger: string): Html[] {
  return trigger.split(/(?<=:)/).map((part) => html`${part}<wbr>`);
}

/** A long name may be broken where its words begin. */
function humps(name: string): Html[] {
  return name.split(/(?=[A-Z])/).map((part) => html`${part}<wbr>`);
}

function titled(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

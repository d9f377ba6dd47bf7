import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { API_ANSWERS } from "@/server/api/api-answers";
import { openApi } from "../openapi";
import { RAISED_TRIGGERS } from "../schemas/webhook";
import { html } from "./html";
import { referencePage } from "./reference-page";
import { REFERENCE_STYLE } from "./reference-style";

const ROUTES = API_ANSWERS.map(({ route }) => route);
const PAGE = referencePage(openApi(ROUTES, "https://desk.example"));

test("every operation and shape has a place of its own, and every link within the page leads to one", () => {
  const places = [...PAGE.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(places).size).toBe(places.length);
  for (const { operation } of ROUTES) expect(places).toContain(operation);
  for (const [, id] of PAGE.matchAll(/href="#([^"]+)"/g)) expect(places).toContain(id);
});

test("an operation tells its method, path, scopes, fields with their limits, errors, and a call to copy", () => {
  const [, section = ""] = /<section class="operation" id="PostMessage".*?>(.*?)<\/section>/s.exec(PAGE) ?? [];
  const text = section
    .replace(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replace(/\s+/g, " ");
  for (const words of [
    "POST /v2/apps/{appId}/conversations/{conversationId}/messages",
    "For keys of the scope integration, app, account.",
    "displayName string, at most 255 characters",
    "Known and refused: what customers say comes from Instagram.",
    "content ContentToSend required",
    "Idempotency-Key string, 1 to 255 characters",
    "413The body has more than 100 kB",
    'curl -u "$KEY:$SECRET" \\ "$DESK/v2/apps/$APP/conversations/$CONVERSATION/messages" \\ -H',
  ])
    expect(text).toContain(words);
});

test("every event tells what is in it", () => {
  for (const trigger of RAISED_TRIGGERS) {
    const [, section = ""] = new RegExp(`<section class="shape" id="${trigger}">(.*?)</section>`, "s").exec(PAGE) ?? [];
    expect(section).toMatch(/<code class="name">(conversation|user)<\/code>/);
  }
});

test("what is no markup is escaped", () => {
  expect(html`<p title="${'"'}">${"<script>&'"}</p>`.html).toBe('<p title="&quot;">&lt;script&gt;&amp;&#39;</p>');
});

test("its colours are the desk's", async () => {
  const desk = await readFile("app/globals.css", "utf8");
  const colours = REFERENCE_STYLE.match(/--raw-[\w-]+: .+;/g) ?? [];
  expect(colours.length).toBeGreaterThan(10);
  for (const colour of colours) expect(desk).toContain(colour);
});

import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { API_ANSWERS } from "@/server/api/api-answers";
import { EXAMPLE_IDS } from "./examples";
import { openApi } from "./openapi";
import { readQuery } from "./read-query";

/** The specification is well-formed, whole, and its examples are what the API takes and answers. */
const ROUTES = API_ANSWERS.map(({ route }) => route);
const SPECIFICATION = openApi(ROUTES, "https://desk.example");

test("a linter finds nothing in it, and no example that its schema would not take", async () => {
  const config = await createConfig({
    extends: ["recommended-strict"],
    rules: { "no-invalid-media-type-examples": "error", "no-invalid-parameter-examples": "error" },
  });
  const source = JSON.stringify(SPECIFICATION);
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  expect(problems.map(({ message, location }) => `${location[0]?.pointer}: ${message}`)).toEqual([]);
});

test("every operation stands in a group that is told", () => {
  const told = new Set(SPECIFICATION.tags.map(({ name }) => name));
  const operations = Object.values(SPECIFICATION.paths).flatMap((methods) => Object.values(methods));
  expect(operations.filter(({ tags }) => !tags.every((tag) => told.has(tag)))).toEqual([]);
  expect(operations).toHaveLength(ROUTES.length);
});

describe.each(ROUTES.map((route) => [route.operation, route] as const))("the example of %s", (_, route) => {
  const { example } = route;

  test("asks what the door takes", () => {
    expect(example.body === undefined).toBe(route.body === undefined);
    route.body?.parse(example.body);
    if (example.query !== undefined) expect(route.query).toBeDefined();
    route.query?.parse(readQuery(new URLSearchParams(example.query)));
    for (const [, name = ""] of route.path.matchAll(/\{(\w+)\}/g)) expect(EXAMPLE_IDS).toHaveProperty(name);
  });

  test("answers what is answered, and says nothing else", () => {
    if ("refusal" in example) expect(example.refusal.status).toBeGreaterThanOrEqual(400);
    else expect(route.response.parse(example.response)).toEqual(example.response);
  });
});

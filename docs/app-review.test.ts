import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LOGIN_SCOPES } from "@/lib/meta/login-scopes";

const review = readFileSync("docs/app-review.md", "utf8");

test("complaint 32: every permission that the desk asks for has its text, and none that it does not ask for", () => {
  const told = [...review.matchAll(/^### ([a-z_]+)$/gm)].map(([, scope]) => scope);
  expect(told.sort()).toEqual([...LOGIN_SCOPES].sort());
  for (const scope of LOGIN_SCOPES) {
    const section = review.split(`### ${scope}\n`)[1]?.split("\n### ")[0] ?? "";
    expect([scope, section]).toEqual([scope, expect.stringMatching(/\n> [\s\S]+\nFilm: scenes? \d/)]);
  }
  expect(review).toContain("### Human Agent (feature)");
});

test("complaint 32: the film names pages and buttons as they are on the screen", () => {
  const film = review.split("## The film")[1]?.split("\n## ")[0] ?? "";
  const names = [...film.matchAll(/\*\*([^*]+)\*\*/g)].flatMap(([, name = ""]) => name.split(" → "));
  expect(names.length).toBeGreaterThan(15);
  const sources = ["app", "components"].flatMap(sourcesOf).join("\n");
  expect(names.filter((name) => !sources.includes(name))).toEqual([]);
});

function sourcesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => readFileSync(join(directory, file), "utf8"));
}

import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EVENT_PAYLOADS, webhookCall } from "@/lib/api/schemas/event";
import { RAISED_TRIGGERS, type Trigger } from "@/lib/api/schemas/webhook";
import { judgeAttempt } from "@/lib/webhooks/judge-attempt";
import { RETRY_WAITS_MS } from "@/lib/webhooks/retry-schedule";
import { signatureHeaders } from "@/lib/webhooks/sign";

/** What the page says of webhooks is what they do. */
let page: string;
let folder: string;

type Examples = {
  verified: (signingSecret: string, headers: Record<string, string>, body: string) => unknown;
  isOurs: (secret: string, headers: Record<string, string>) => boolean;
};
let examples: Examples;

beforeAll(async () => {
  page = await readFile("docs/api/webhooks.md", "utf8");
  folder = await mkdtemp(join(tmpdir(), "replydesk-docs-"));
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  const code = blocks("js");
  expect(code).toHaveLength(2);
  await writeFile(join(folder, "examples.mjs"), code.join("\n"));
  examples = await import(/* @vite-ignore */ join(folder, "examples.mjs"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function blocks(language: string, text = page): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, code = ""]) => code);
}

test("the published schedule is the one in use", () => {
  const units: Record<string, number> = { second: 1_000, minute: 60_000, hour: 3_600_000 };
  const rests = [...page.matchAll(/^\| \d+(?: and more)? \| (\d+) (second|minute|hour)s? \|$/gm)].map(
    ([, count, unit = ""]) => Number(count) * (units[unit] ?? 0),
  );
  expect(rests).toEqual(RETRY_WAITS_MS);
});

test("what an answer is said to mean is what it means", () => {
  const outcome = (status: number) => judgeAttempt({ status, headers: {} }).outcome;
  expect([400, 401, 403, 404, 406].map(outcome)).toEqual(Array(5).fill("refused"));
  expect(page).toContain("| 400, 401, 403, 404, 406 | never repeated.");
  expect(outcome(410)).toBe("gone");
  expect([200, 204, 299].map(outcome)).toEqual(Array(3).fill("delivered"));
  expect([301, 302, 405, 409, 429, 500, 503].map(outcome)).toEqual(Array(7).fill("again"));
});

test("every trigger has its example, of what is told", () => {
  const sections = page.split(/^### /m).slice(1);
  expect(sections.map((section) => section.split("\n")[0])).toEqual([...RAISED_TRIGGERS]);
  for (const section of sections) {
    const [example = ""] = blocks("json", section);
    EVENT_PAYLOADS[section.split("\n")[0] as Trigger].parse(JSON.parse(example));
  }
  const { events, ...call } = JSON.parse(blocks("json")[0] ?? "");
  webhookCall.omit({ events: true }).parse(call);
  expect(Object.keys(events[0])).toEqual(["id", "createdAt", "type", "payload"]);
});

test("a call of ours is verified by the examples; a changed, old or foreign one is not", () => {
  const signingSecret = `whsec_${Buffer.from("a secret of 32 bytes for the test").toString("base64")}`;
  const body = '{"events":[]}';
  const at = Math.floor(Date.now() / 1000);
  const signed = (seconds: number) => signatureHeaders({ signingSecret, id: "019a2b3c", at: seconds, body });
  expect(examples.verified(signingSecret, signed(at), body)).toEqual({ events: [] });
  expect(() => examples.verified(signingSecret, signed(at), '{"events":[1]}')).toThrow();
  expect(() => examples.verified(signingSecret, signed(at - 3600), body)).toThrow();
  expect(() => examples.verified(`whsec_${Buffer.from("another").toString("base64")}`, signed(at), body)).toThrow();
  expect(examples.isOurs("abc", { "x-api-key": "abc" })).toBe(true);
  expect(examples.isOurs("abc", { "x-api-key": "abd" })).toBe(false);
  expect(examples.isOurs("abc", {})).toBe(false);
});

import { beforeAll, expect, test, vi } from "vitest";
import { log } from "@/lib/log";
import { useSettings } from "@/test/settings";
import { authOptions } from "./auth-options";

const baseUrl = "https://desk.example";
beforeAll(() => useSettings({ APP_URL: baseUrl }));

function redirected(url: string) {
  return authOptions(async () => ({ turnedAwayTo: "/" })).callbacks?.redirect?.({ url, baseUrl });
}

test.each([
  "https://evil.example/",
  "https:evil.example",
  "http://desk.example/",
  "https://desk.example.evil.example/",
  "https://desk.example@evil.example/",
  "//evil.example/",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "https://[",
])("a callbackUrl of %j leads nowhere else", async (url) => {
  expect(new URL((await redirected(url)) ?? "").origin).toBe(baseUrl);
});

test("and is logged, with nothing but where it was to lead", async () => {
  const warn = vi.spyOn(log, "warn").mockImplementation(() => undefined);
  await redirected("https://evil.example/take?code=secret");
  expect(JSON.stringify(warn.mock.calls)).toContain("https://evil.example");
  expect(JSON.stringify(warn.mock.calls)).not.toContain("secret");
  warn.mockRestore();
});

test("a path of this desk is kept", async () => {
  expect(await redirected("/channels/connect?a=b#c")).toBe(`${baseUrl}/channels/connect?a=b#c`);
  expect(await redirected(`${baseUrl}/inbox`)).toBe(`${baseUrl}/inbox`);
});

import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { facebookProvider } from "@/lib/auth/facebook-provider";
import { env } from "@/lib/env";
import { useSettings } from "@/test/settings";
import { popUpLogin } from "./connect-pop-up";
import { callGraph } from "./graph-client";
import { loginDialogUrl } from "./login-dialog";

/** Graph's versions end after two years and Meta moves its login about: both are settings, in one place. */
const asked: string[] = [];
let graph: Server;

beforeAll(async () => {
  graph = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("content-type", "application/json");
    response.end("{}");
  });
  await new Promise<void>((resolve) => graph.listen(0, "127.0.0.1", resolve));
  const address = graph.address();
  useSettings({
    FACEBOOK_GRAPH_VERSION: "v99.9",
    FACEBOOK_GRAPH_URL: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    FACEBOOK_WEB_URL: "https://web.example",
    FACEBOOK_SDK_URL: "https://sdk.example/sdk.js",
    FACEBOOK_LOGIN_CONFIG_ID: "4711",
  });
});
afterAll(() => graph.close());

test("complaint 61: one setting is the version of every call, of both dialogs and of Facebook's script", async () => {
  await callGraph({ method: "GET", path: "/me", timeoutMs: 1000 });
  expect(asked).toEqual(["/v99.9/me"]);
  expect(new URL(loginDialogUrl({ state: "s", askAgain: false })).pathname).toBe("/v99.9/dialog/oauth");
  expect(popUpLogin().init.version).toBe("v99.9");
  expect(JSON.stringify(facebookProvider(env()))).not.toMatch(/\/v(?!99\.9)\d+\.\d+/);
  const pinned = ["lib", "app", "server", "components"].flatMap((folder) =>
    sources(folder).filter((file) => /\bv\d{2}\.\d\b/.test(readFileSync(file, "utf8"))),
  );
  expect(pinned).toEqual([join("lib", "env.ts")]);
});

test("complaint 29: what is asked of the person and where is a setting, so that a change of Meta's login locks nobody out", () => {
  const dialog = new URL(loginDialogUrl({ state: "s", askAgain: true }));
  expect(dialog.origin).toBe("https://web.example");
  expect(Object.fromEntries(dialog.searchParams)).toMatchObject({
    config_id: "4711",
    state: "s",
    response_type: "code",
    auth_type: "rerequest",
  });
  expect(dialog.searchParams.has("scope")).toBe(false);
  expect(popUpLogin()).toMatchObject({ sdkUrl: "https://sdk.example/sdk.js", options: { config_id: "4711" } });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

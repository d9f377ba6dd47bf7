import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEnv } from "@/lib/env";
import { type RunningServer, startServer } from "@/server/start-server";
import { createTestDatabase } from "./database";
import { useSettings } from "./settings";

/** A desk on one's own machine, opened under another of the machine's names. */
let server: RunningServer;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = () => database.drop();
  useSettings({
    DATABASE_URL: database.url,
    APP_URL: "http://localhost:3000",
    HOST: "127.0.0.1",
    PORT: "0",
    WORKER: "off",
  });
  const { env, problems } = readEnv();
  if (!env) throw new Error(problems.join());
  server = await startServer(env, () => ({
    ready: Promise.resolve(),
    answer: async (_request, response) => void response.writeHead(200).end("a page"),
    close: async () => undefined,
  }));
});
afterAll(async () => {
  await server?.stop();
  await drop?.();
});

/** @returns status, and where it leads */
function ask(path: string, host: string, method = "GET"): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: server.port, host: "127.0.0.1", path, method, headers: { host } }, (response) => {
      response.resume();
      resolve([response.statusCode, response.headers.location ?? ""].join(" ").trim());
    });
    asked.on("error", reject).end();
  });
}

test("pages move on to the desk's own address, with path and query", async () => {
  expect(await ask("/inbox", "localhost:3000")).toBe("200");
  expect(await ask("/inbox", "LOCALHOST:3000")).toBe("200");
  expect(await ask("/setup/open?code=abc%20d", "127.0.0.1:3000")).toBe(
    "307 http://localhost:3000/setup/open?code=abc%20d",
  );
  expect(await ask("/", "[::1]:3000", "HEAD")).toBe("307 http://localhost:3000/");
});

test("they lead nowhere else, whatever is asked for", async () => {
  for (const path of ["//evil.example/", "/\\evil.example", "/@evil.example", "/.evil.example", "/%0d%0aX:%201"]) {
    expect(await ask(path, "127.0.0.1:3000")).toMatch(/^307 http:\/\/localhost:3000\//);
  }
  expect(await ask("/", "evil.example")).toBe("307 http://localhost:3000/");
  expect(await ask("/", "a b")).toBe("200");
});

test("what is no page answers where it is asked", async () => {
  expect(await ask("/healthz", "127.0.0.1:3000")).toBe("200");
  expect(await ask("/webhooks/instagram", "127.0.0.1:3000")).toMatch(/^4/);
  expect(await ask("/api/inbox/me", "127.0.0.1:3000")).toBe("401");
  expect(await ask("/api/auth/session", "127.0.0.1:3000")).toBe("200");
  expect(await ask("/sign-in", "127.0.0.1:3000", "POST")).toBe("200");
});

import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** Meta retires versions of its API; one setting moves every call to another. */
let live: LiveDesk;
let recorder: Server;
const asked: string[] = [];

beforeAll(async () => {
  live = await openLiveDesk();
  recorder = createServer((incoming, response) => {
    asked.push(incoming.url ?? "");
    const onward = request(
      `${live.graph.url}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    incoming.pipe(onward);
  }).listen(0, "127.0.0.1");
  await once(recorder, "listening");
});
afterAll(async () => {
  await live?.close();
  recorder?.closeAllConnections();
  recorder?.close();
});

test("complaint 61: every call to Graph has the version of the one setting", async () => {
  const { port } = recorder.address() as AddressInfo;
  await live.start({ env: { FACEBOOK_GRAPH_VERSION: "v25.0", FACEBOOK_GRAPH_URL: `http://127.0.0.1:${port}` } });
  const customer = await live.newCustomer();
  await live.reply(customer, "Good morning");
  await until("the reply is sent", async () => (await live.replies(customer)).includes("sent Good morning"));
  await until("the profile was asked for", async () => asked.some((path) => path.includes(customer.igsid)));
  expect(asked.filter((path) => !path.startsWith("/v25.0/"))).toEqual([]);
});

test("complaint 61: no version of Meta's API stands anywhere else in the product", () => {
  const naming = ["app", "components", "lib", "server"]
    .flatMap((room) => readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => join(room, file)))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|fixture)\./.test(file))
    .filter((file) => /\bv\d{1,2}\.0\b/.test(readFileSync(file, "utf8")));
  expect(naming).toEqual([join("lib", "env.ts")]);
});

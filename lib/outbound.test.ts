import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { NO_ADDRESSES, PRIVATE_HOSTS } from "@/test/private-addresses";
import { useSettings } from "@/test/settings";
import { callOutbound, checkOutboundUrl, publicLookup, readOutbound } from "./outbound";

/** Where an outgoing call must never arrive: this machine, as every private network looks from outside. */
let inside: Server;
let port: number;
let arrivals = 0;

beforeAll(async () => {
  // One address may be reached, as an operator would allow it: what it says must not lead further in.
  useSettings({ OUTBOUND_ALLOW_CIDRS: "127.0.0.2/32" });
  inside = createServer((request, response) => {
    if (request.url === "/leads-inside") {
      response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end();
      return;
    }
    arrivals += 1;
    response.end("secrets");
  });
  await new Promise<void>((resolve) => inside.listen(0, resolve));
  port = (inside.address() as AddressInfo).port;
});
afterEach(() => expect(arrivals).toBe(0));
afterAll(() => inside.close());

const call = (url: URL) => callOutbound(url, { method: "POST", headers: {}, body: "{}", timeoutMs: 5_000 });
const read = (url: URL) => readOutbound(url, { timeoutMs: 5_000 });

test.each(PRIVATE_HOSTS)("%s is refused on saving and on connecting: %s", async (_what, host) => {
  const address = `http://${host}:${port}/`;
  expect(() => checkOutboundUrl(address)).toThrow(/This address/);
  if (!URL.canParse(address)) return;
  await expect(call(new URL(address))).rejects.toMatchObject({ code: "invalid" });
  await expect(read(new URL(address))).rejects.toMatchObject({ code: "invalid" });
});

test.each(NO_ADDRESSES)("%s is no address to call", (address) =>
  expect(() => checkOutboundUrl(address)).toThrow(/This address/),
);

test("an answer that leads inside is not followed", async () => {
  const answer = await call(new URL(`http://127.0.0.2:${port}/leads-inside`));
  expect(answer.status).toBe(302);
  const media = await read(new URL(`http://127.0.0.2:${port}/leads-inside`));
  expect(media.statusCode).toBe(302);
  media.destroy();
});

test("a name is judged by what it points at when the connection is made, and by all of it", async () => {
  const answers = [
    ["93.184.215.14"],
    ["127.0.0.1"],
    ["93.184.215.14", "10.0.0.1"],
    ["::ffff:127.0.0.1"],
    ["fe80::1%eth0"],
    ["2606:4700::1111"],
    [],
  ];
  const lookup = publicLookup((_name, _options, callback) =>
    callback(
      null,
      (answers.shift() ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    ),
  );
  const ask = () =>
    new Promise<string>((resolve) =>
      lookup("rebinding.example", {}, (error, address) => resolve(error ? "refused" : String(address))),
    );
  const found: string[] = [];
  while (answers.length > 0) found.push(await ask());
  expect(found).toEqual(["93.184.215.14", "refused", "refused", "refused", "refused", "2606:4700::1111", "refused"]);
});

test("a kept connection that the other side has closed meanwhile is no failure", async () => {
  const used = new Set<Socket>();
  const forgetful = createServer((request, response) => {
    // As one whose patience ends at the moment in which the next call is on its way.
    if (used.has(request.socket)) return void request.socket.destroy();
    used.add(request.socket);
    request.resume().on("end", () => response.end("ok"));
  });
  await new Promise<void>((resolve) => forgetful.listen(0, "127.0.0.2", resolve));
  const url = new URL(`http://127.0.0.2:${(forgetful.address() as AddressInfo).port}/`);
  expect((await call(url)).status).toBe(200);
  expect((await call(url)).status).toBe(200);
  expect(used.size).toBe(2);
  forgetful.close();
});

/** Functions that open a connection, called or brought in from Node. */
const OPENS =
  /\bfetch\(|\{[^}]*\b(?:request|get|connect|createConnection)\b[^}]*\} from "node:(?:https?|http2|net|tls)"|"undici"/;

test("nothing else of the server opens connections, but what calls Graph at the address of the operator's settings", () => {
  const sources = ["lib", "server", "app"].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" }).map((name) => join(room, name)),
  );
  const openers = sources.filter(
    (path) => /\.tsx?$/.test(path) && !path.endsWith(".test.ts") && OPENS.test(readFileSync(path, "utf8")),
  );
  expect(openers.sort()).toEqual(["lib/meta/graph-client.ts", "lib/outbound.ts"]);
});

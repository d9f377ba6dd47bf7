import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
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

test.each([
  ["this machine", "127.0.0.1"],
  ["the short form", "127.1"],
  ["one decimal number", "2130706433"],
  ["octal", "0177.0.0.1"],
  ["one octal number", "017700000001"],
  ["hexadecimal", "0x7f000001"],
  ["hexadecimal parts", "0x7f.0.0.0x1"],
  ["every address", "0.0.0.0"],
  ["zero", "0"],
  ["a dot at the end", "127.0.0.1."],
  ["ideographic dots", "127。0。0。1"],
  ["halfwidth dots", "127｡0｡0｡1"],
  ["full-width digits", "１２７.0.0.1"],
  ["localhost", "localhost"],
  ["localhost with a dot", "LOCALHOST."],
  ["a name under localhost", "anything.localhost"],
  ["circled letters", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ"],
  ["IPv6 loopback", "[::1]"],
  ["the unspecified IPv6 address", "[::]"],
  ["IPv4 mapped into IPv6", "[::ffff:127.0.0.1]"],
  ["the same in hexadecimal", "[::ffff:7f00:1]"],
  ["IPv4 compatible IPv6", "[::127.0.0.1]"],
  ["IPv4 translated into IPv6", "[::ffff:0:127.0.0.1]"],
  ["NAT64", "[64:ff9b::7f00:1]"],
  ["6to4", "[2002:7f00:1::]"],
  ["a unique local address", "[fd00::1]"],
  ["a link-local address", "[fe80::1]"],
  ["a zone", "[fe80::1%25eth0]"],
  ["an allowed address is not its neighbours", "127.0.0.3"],
  ["cloud metadata", "169.254.169.254"],
  ["a private network", "10.0.0.1"],
  ["a carrier's network", "100.64.0.1"],
  ["a name in front", `somebody@127.0.0.1`],
  ["name and password in front", "example.com:x@127.0.0.1"],
])("%s is refused on saving and on connecting: %s", async (_what, host) => {
  const address = `http://${host}:${port}/`;
  expect(() => checkOutboundUrl(address)).toThrow(/This address/);
  if (!URL.canParse(address)) return;
  await expect(call(new URL(address))).rejects.toMatchObject({ code: "invalid" });
  await expect(read(new URL(address))).rejects.toMatchObject({ code: "invalid" });
});

test.each(["ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "//example.com/", "javascript:1"])(
  "%s is no address to call",
  (address) => expect(() => checkOutboundUrl(address)).toThrow(/This address/),
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

import { type LookupAddress, type LookupAllOptions, lookup as resolve } from "node:dns";
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { env } from "./env";
import { AppError } from "./errors";

/** Addresses that are no public host's: this machine, private networks, cloud metadata, translations of IPv4, test nets, multicast. */
const NOT_PUBLIC: [string, number, "ipv4" | "ipv6"][] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.0.2.0", 24, "ipv4"],
  ["192.88.99.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["198.51.100.0", 24, "ipv4"],
  ["203.0.113.0", 24, "ipv4"],
  ["224.0.0.0", 4, "ipv4"],
  ["240.0.0.0", 4, "ipv4"],
  ["::", 96, "ipv6"],
  ["::ffff:0:0:0", 96, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["64:ff9b:1::", 48, "ipv6"],
  ["100::", 64, "ipv6"],
  ["2001::", 32, "ipv6"],
  ["2001:db8::", 32, "ipv6"],
  ["2002::", 16, "ipv6"],
  ["3fff::", 20, "ipv6"],
  ["5f00::", 16, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["fec0::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
];

const notPublic = listOf(NOT_PUBLIC);

function listOf(subnets: [string, number, "ipv4" | "ipv6"][]): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of subnets) list.addSubnet(network, prefix, family);
  return list;
}

let allowedNow: { given: unknown; list: BlockList } | undefined;

/** Settings do not change while a process runs; a new list for each call would cost as much as the call. */
function allowed(): BlockList {
  const given = env().OUTBOUND_ALLOW_CIDRS;
  if (allowedNow?.given !== given) allowedNow = { given, list: listOf(given) };
  return allowedNow.list;
}

function mayReach(given: string): boolean {
  // A zone (fe80::1%eth0) belongs to no network, and a BlockList cannot read it.
  const [address = ""] = given.split("%");
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  return allowed().check(address, family) || !notPublic.check(address, family);
}

/** An address that a person gave us to call. @throws AppError invalid, in words, for what may not be called at all */
export function checkOutboundUrl(given: string): URL {
  if (!URL.canParse(given)) throw refused("is not an address");
  const url = new URL(given);
  refusePrivate(url);
  return url;
}

/** @throws AppError invalid */
function refusePrivate(url: URL): void {
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refused("begins with https:// or http://");
  if (url.username !== "" || url.password !== "") throw refused("must not carry a name or password");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !mayReach(host)) throw refused(PRIVATE);
  if (/(^|\.)localhost\.?$/i.test(host) && !mayReach("127.0.0.1")) throw refused(PRIVATE);
}

const PRIVATE =
  "leads into a private network. Who runs this desk can allow that network in OUTBOUND_ALLOW_CIDRS, if it is meant";

function refused(why: string): AppError {
  return new AppError("invalid", `This address ${why}.`);
}

/** Gives only public addresses on, at the moment of connecting: a name may point elsewhere a second later. */
export function publicLookup(resolver: Resolver): LookupFunction {
  return (hostname, options, callback) => {
    resolver(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => mayReach(address))) return callback(refused(PRIVATE), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

type Resolver = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const lookupPublic = publicLookup(resolve);

/** Below every server's own limit, where it can be: one closes a connection at the moment in which we use it again. */
const IDLE_MS = 4_000;
/** More of an answer is not waited for: its connection ends. */
const ANSWER_BYTES = 64 * 1024;

const httpAgent = new HttpAgent({ keepAlive: true, timeout: IDLE_MS });
const httpsAgent = new HttpsAgent({ keepAlive: true, timeout: IDLE_MS });

export type OutboundAnswer = { status: number; headers: Record<string, string | string[] | undefined> };

export type OutboundCall = { method: string; headers: Record<string, string>; body: string; timeoutMs: number };

/**
 * Calls an address that a person gave us. Follows no redirect, reads no more of the answer than its head, gives up after
 * `timeoutMs` whatever the other side does. What is called may be called twice: on a connection that was kept, and again
 * when that turns out to have been closed. @throws AppError invalid for what may not be reached, else the network's error
 */
export async function callOutbound(url: URL, options: OutboundCall): Promise<OutboundAnswer> {
  refusePrivate(url);
  return callBy(url.protocol === "https:" ? httpsAgent : httpAgent, url, options);
}

function callBy(agent: HttpAgent | HttpsAgent | false, url: URL, options: OutboundCall): Promise<OutboundAnswer> {
  const { method, headers, body, timeoutMs } = options;
  return new Promise((settle, reject) => {
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(
      url,
      { method, headers: { ...headers, "content-length": Buffer.byteLength(body) }, lookup: lookupPublic, agent },
      (response) => {
        clearTimeout(deadline);
        settle({ status: response.statusCode ?? 0, headers: response.headers });
        // Nothing in the answer is of use; a short one is read to its end so that its connection serves again.
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES) response.destroy();
        });
        response.setTimeout(IDLE_MS, () => response.destroy());
        response.on("error", () => response.destroy());
      },
    );
    const deadline = setTimeout(
      () => request.destroy(new Error(`no answer within ${timeoutMs / 1000} seconds`)),
      timeoutMs,
    );
    request.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(deadline);
      if (request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE"))
        settle(callBy(false, url, options));
      else reject(error);
    });
    request.end(body);
  });
}

/**
 * Begins to read what stands at an address that a person gave us. Follows no redirect; the caller reads the body, or ends it.
 * @throws AppError invalid for what may not be reached, else the network's error
 */
export async function readOutbound(url: URL, options: { timeoutMs: number }): Promise<IncomingMessage> {
  refusePrivate(url);
  const secure = url.protocol === "https:";
  return new Promise((settle, reject) => {
    const request = (secure ? requestHttps : requestHttp)(
      url,
      { method: "GET", headers: { "user-agent": "Replydesk" }, lookup: lookupPublic, agent: false },
      settle,
    );
    const deadline = setTimeout(
      () => request.destroy(new Error(`not there within ${options.timeoutMs / 1000} seconds`)),
      options.timeoutMs,
    );
    request.on("close", () => clearTimeout(deadline));
    request.on("error", reject);
    request.end();
  });
}

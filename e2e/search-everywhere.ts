import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page, Response } from "@playwright/test";
import type pg from "pg";
import { dumpTables } from "./desk-database";
import type { RunningDesk } from "./start-desk";

/** Something that must not be found. A report names it and never says it. */
export type Needle = { name: string; value: string };

/** Something that was kept or sent, and where it was. */
export type Finding = { place: string; text: string };

/** Which needles are in there, as they are, as an address writes them, or as bytes in hexadecimal digits. */
export function search(needles: Needle[], findings: Finding[]): string[] {
  const hits = new Set<string>();
  for (const { name, value } of needles) {
    const forms = [value, encodeURIComponent(value), Buffer.from(value).toString("hex")];
    for (const { place, text } of findings) {
      if (forms.some((form) => text.includes(form))) hits.add(`${name} in ${place}`);
    }
  }
  return [...hits].sort();
}

/** The logs of the app and of its database; the emulator's are Meta's own business. */
export async function readLogs({ dataDir }: RunningDesk): Promise<Finding[]> {
  const directories = [dataDir, join(dataDir, "postgres")];
  const files = await Promise.all(
    directories.map(async (directory) => (await readdir(directory)).map((name) => join(directory, name))),
  );
  const logs = files.flat().filter((file) => file.endsWith(".log") && !file.endsWith("emulator.log"));
  return Promise.all(
    logs.map(async (file) => ({ place: file.slice(dataDir.length), text: await readFile(file, "utf8") })),
  );
}

export async function readDatabase(database: pg.Client): Promise<Finding[]> {
  const tables = await dumpTables(database);
  return tables.map(({ name, rows }) => ({ place: `table ${name}`, text: rows.join("\n") }));
}

/** What an open page holds, shown or not. */
export async function readPage(page: Page): Promise<Finding[]> {
  const kept = await page.evaluate(() =>
    JSON.stringify([document.title, { ...localStorage }, { ...sessionStorage }, history.state]),
  );
  const place = new URL(page.url()).pathname;
  return [
    { place: `page ${place}`, text: await page.content() },
    { place: `storage of ${place}`, text: kept },
  ];
}

export type Traffic = {
  /** Every body that the desk sent, the live stream aside. */
  bodies(): Promise<Finding[]>;
  /** Every address that was asked of the desk, and from which page. */
  requests: Finding[];
  /** Every address that a tab has shown. */
  addresses: Finding[];
  /** Kinds of bodies that were read, such as "text/html". */
  kinds: Set<string>;
};

/** Listens to everything between a browser and the desk. */
export function recordTraffic(context: BrowserContext, { url }: RunningDesk): Traffic {
  const bodies: Promise<Finding | null>[] = [];
  const kinds = new Set<string>();
  const requests: Finding[] = [];
  const addresses: Finding[] = [];
  const readBody = async (response: Response): Promise<Finding | null> => {
    const kind = response.headers()["content-type"]?.split(";")[0] ?? "none";
    if (kind === "text/event-stream" || response.status() >= 300) return null;
    // Of a page that is left before it was read nothing can be had any more.
    const text = await response.text().catch(() => null);
    if (text === null) return null;
    kinds.add(kind);
    return { place: `answer to ${response.request().method()} ${new URL(response.url()).pathname}`, text };
  };
  const follow = (page: Page) =>
    page.on("framenavigated", (frame) => {
      if (frame.url().startsWith(url))
        addresses.push({ place: `address ${new URL(frame.url()).pathname}`, text: frame.url() });
    });
  for (const page of context.pages()) follow(page);
  context.on("page", follow);
  context.on("request", (request) => {
    if (!request.url().startsWith(url)) return;
    const { pathname } = new URL(request.url());
    requests.push({ place: `request for ${pathname}`, text: request.url() });
    requests.push({ place: `referrer of ${pathname}`, text: request.headers().referer ?? "" });
  });
  context.on("response", (response) => {
    if (response.url().startsWith(url)) bodies.push(readBody(response));
  });
  return {
    bodies: async () => (await Promise.all(bodies)).filter((body) => body !== null),
    requests,
    addresses,
    kinds,
  };
}

/** Listens to the live stream as one more browser of that member, from the beginning of the log. */
export async function recordStream(
  context: BrowserContext,
  { url }: RunningDesk,
): Promise<{ said: Finding; stop: () => void }> {
  const cookies = await context.cookies(url);
  const abort = new AbortController();
  const response = await fetch(`${url}/api/live?after=0`, {
    headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
    signal: abort.signal,
  });
  if (!response.body) throw new Error("The stream has no body.");
  const said = { place: "the live stream", text: "" };
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const listen = async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      said.text += value;
    }
  };
  listen().catch((error: unknown) => {
    if (!abort.signal.aborted) said.text += String(error);
  });
  return { said, stop: () => abort.abort() };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { refuseStoryFetches } from "@/e2e/story-fetches";

export type RunningEmulator = {
  url: string;
  /** Calls the control or play API; `path` begins with `/_`. */
  call(path: string, body?: object): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
};

type EmulatorApp = { id: string; secret: string; redirectUri: string };

/** The emulator as a process of its own, on a free port and with a fresh world. */
export async function startEmulator(app: EmulatorApp): Promise<RunningEmulator> {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "emulator/main.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      EMULATOR_PORT: await freePort(),
      EMULATOR_APP_ID: app.id,
      EMULATOR_APP_SECRET: app.secret,
      EMULATOR_REDIRECT_URIS: app.redirectUri,
    },
  });
  const url = await readUrl(child);
  return {
    url,
    call: (path, body) => callJson(`${url}${path}`, body),
    stop: async () => {
      const ended = once(child, "exit");
      await refuseStoryFetches(url).finally(() => child.kill("SIGTERM"));
      await ended;
    },
  };
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return String(address !== null && typeof address === "object" ? address.port : "");
}

async function readUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("The emulator has no output to read.");
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (!url) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error("The emulator ended before it said its address.");
}

async function callJson(url: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

export type DialogAnswer = {
  /** A Facebook person of the emulator, by name. */
  person: string;
  decision?: "continue" | "cancel";
  /** "edit": the link "Edit previous settings". */
  step?: "consent" | "edit";
  untickScopes?: string[];
  /** Names of the Pages to leave ticked; all of them when absent. */
  pages?: string[];
};

/** Plays a person in the login dialog, as a browser would. @returns where Facebook sends the browser in the end */
export async function answerDialog(emulator: RunningEmulator, dialogUrl: string, answer: DialogAnswer): Promise<URL> {
  const cookie = await logIn(emulator, dialogUrl, answer.person);
  const step = answer.step ?? "consent";
  const page = new URL(dialogUrl);
  page.searchParams.set("step", step);
  const html = await (await fetch(page, { headers: { cookie } })).text();
  const form = new URLSearchParams({ step, decision: answer.decision ?? "continue" });
  for (const box of checkboxes(html)) {
    const wanted =
      box.name === "scope"
        ? !answer.untickScopes?.includes(box.value)
        : (answer.pages?.includes(box.label) ?? box.checked);
    if (wanted) form.append(box.name, box.value);
  }
  const response = await fetch(page, { method: "POST", body: form, headers: { cookie }, redirect: "manual" });
  const location = response.headers.get("location");
  if (!location) throw new Error(`The dialog sent nobody back: ${await response.text()}`);
  return new URL(location);
}

async function logIn(emulator: RunningEmulator, dialogUrl: string, name: string): Promise<string> {
  const { people } = (await emulator.call("/_control/people")) as { people: { id: string; name: string }[] };
  const person = people.find((one) => one.name === name);
  if (!person) throw new Error(`The emulator has no person ${name}.`);
  const body = new URLSearchParams({ step: "person", person: person.id });
  const response = await fetch(dialogUrl, { method: "POST", body, redirect: "manual" });
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

/** The dialog's boxes in the order of the page; the label is the text before the small print. */
function checkboxes(html: string): { name: string; value: string; label: string; checked: boolean }[] {
  return [...html.matchAll(/<input type="checkbox"([^>]*)>/g)].map(([, attributes = ""]) => ({
    name: attribute(attributes, "name"),
    value: attribute(attributes, "value"),
    label: attribute(attributes, "aria-label"),
    checked: /\bchecked\b/.test(attributes),
  }));
}

function attribute(attributes: string, name: string): string {
  const value = new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
  return value.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"');
}

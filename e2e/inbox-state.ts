import type { APIRequestContext, Page } from "@playwright/test";
import type { RunningDesk } from "./start-desk";
import { conversations } from "./stories";

/** What a tab shows, as lines that can be compared: the list from its top, and the open conversation from its start. */
export type InboxState = { list: string[]; thread: string[] };

type Row = {
  id: string;
  contact: { displayName: string };
  unread: number;
  preview: { text: string; direction: "in" | "out"; author: object | null };
  seenThroughAt: number | null;
};
type Message = { direction: "in" | "out"; text: string; state: string; sentAt: number };
type Opened = { conversation: Row; messages: Message[] };

/** What this tab has painted. */
export async function paintedState(page: Page): Promise<InboxState> {
  const labels = await conversations(page)
    .getByRole("link")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
  const thread = await page
    .getByRole("list", { name: "Messages with" })
    .getByRole("listitem")
    .evaluateAll((items) =>
      items.map((item) => {
        const state = /(Sending|Sent|Seen|Not sent|Not confirmed)[^A-Za-z]*$/.exec(item.textContent ?? "");
        return [item.querySelector("[dir=auto]")?.textContent, state?.[1] ?? "Received"].join(" | ");
      }),
    );
  // A row ends with how long ago and with its clock; both move by themselves.
  return { list: labels.map((label) => label.split(", ").slice(0, -2).join(" | ")), thread };
}

/** What the database holds now, as this tab's member may read it, for the conversation that is open in the tab. */
export async function storedState(page: Page): Promise<InboxState> {
  const { origin, pathname } = new URL(page.url());
  const rows = await readRows(page.request, origin);
  const list = rows.map(({ contact, unread, preview }) =>
    [
      contact.displayName,
      ...(unread > 0 ? [`${unread} unread message${unread === 1 ? "" : "s"}`] : []),
      (preview.direction === "in" ? "" : preview.author ? "You: " : "Instagram app: ") + preview.text,
    ].join(" | "),
  );
  const open = /^\/inbox\/(.+)$/.exec(pathname)?.[1];
  if (!open) return { list, thread: [] };
  const { conversation, messages } = await readJson<Opened>(page.request, `${origin}/api/inbox/conversations/${open}`);
  return { list, thread: messages.map((message) => `${message.text} | ${word(message, conversation)}`) };
}

/** The text of every message in the desk, sorted; one that is not sent yet with its state. */
export async function everyText(request: APIRequestContext, { url }: RunningDesk): Promise<string[]> {
  const texts: string[] = [];
  for (const { id } of await readRows(request, url)) {
    const { messages } = await readJson<Opened>(request, `${url}/api/inbox/conversations/${id}`);
    for (const { text, state } of messages)
      texts.push(["received", "sent"].includes(state) ? text : `${text} (${state})`);
  }
  return texts.sort();
}

/** The id of the conversation with a customer. */
export async function conversationWith(
  name: string,
  request: APIRequestContext,
  { url }: RunningDesk,
): Promise<string> {
  const found = (await readRows(request, url)).find(({ contact }) => contact.displayName === name);
  if (!found) throw new Error(`There is no conversation with ${name}.`);
  return found.id;
}

async function readRows(request: APIRequestContext, origin: string): Promise<Row[]> {
  const page = await readJson<{ conversations: Row[]; next: string | null }>(
    request,
    `${origin}/api/inbox/conversations`,
  );
  if (page.next !== null) throw new Error("This desk has more conversations than one page.");
  return page.conversations;
}

async function readJson<T>(request: APIRequestContext, url: string): Promise<T> {
  const response = await request.get(url);
  if (!response.ok()) throw new Error(`${url}: ${response.status()}`);
  return (await response.json()) as T;
}

function word({ direction, state, sentAt }: Message, { seenThroughAt }: Row): string {
  if (direction === "in") return "Received";
  if (state !== "sent") return state;
  return seenThroughAt !== null && sentAt <= seenThroughAt ? "Seen" : "Sent";
}

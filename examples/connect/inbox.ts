import { randomUUID } from "node:crypto";
import { redirect, sendPage } from "./answer";
import type { Conversation } from "./conversations";
import { DeskError } from "./desk";
import { inboxPage } from "./pages";
import type { Problem } from "./problems";
import { Refused, readForm } from "./request";
import type { Site, Visit } from "./site";

const HEARTBEAT_MS = 25_000;

export async function showInbox(site: Site, visit: Visit): Promise<void> {
  await show(site, visit, 200, { draft: "", problem: null });
}

export async function answerMessage(site: Site, visit: Visit): Promise<void> {
  const { request, response } = visit;
  const form = await readForm(request, site.settings.siteUrl);
  const conversation = conversationOf(site, visit);
  const text = (form.get("text") ?? "").trim();
  if (!conversation || text === "") return redirect(response, conversation ? `/inbox/${conversation.id}` : "/inbox");
  try {
    const sent = await site.desk.reply(conversation.id, text, form.get("key") || randomUUID());
    for (const { id } of sent) site.conversations.sending(id);
    redirect(response, `/inbox/${conversation.id}`);
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    const problem = { title: "Not sent", text: error.message };
    await show(site, visit, 422, { draft: text, problem });
  }
}

/** Says that something changed; the page then fetches itself anew. */
export async function followInbox(site: Site, { request, response, session }: Visit): Promise<void> {
  if (!session.account) throw new Refused(401, "Log in first.");
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store, no-transform" });
  response.write("data: hello\n\n");
  const stop = site.conversations.listen(() => response.write("data: changed\n\n"));
  const heartbeat = setInterval(() => response.write(": still here\n\n"), HEARTBEAT_MS);
  request.on("close", () => {
    stop();
    clearInterval(heartbeat);
  });
}

async function show(
  { settings, desk, conversations }: Site,
  visit: Visit,
  status: number,
  composer: { draft: string; problem: Problem | null },
): Promise<void> {
  const { response, session, url } = visit;
  if (!session.account) return redirect(response, "/");
  const { integrationId, username, notice } = session.account;
  const asked = conversationOf({ conversations }, visit);
  if (!asked && url.pathname !== "/inbox") return redirect(response, "/inbox");
  const messages = asked ? await desk.messages(asked.id) : [];
  if (asked)
    conversations.name(asked.id, messages.findLast(({ author }) => author.type === "user")?.author.displayName);
  const conversation = conversationOf({ conversations }, visit);
  const open = conversation && { conversation, messages, key: randomUUID(), ...composer };
  const { siteName } = settings;
  const { of, delivery } = conversations;
  const page = { siteName, username, notice, conversations: of(integrationId), open: open ?? null, delivery };
  sendPage(response, status, inboxPage(page));
}

/** Only of the account that this browser connected. */
function conversationOf(
  { conversations }: Pick<Site, "conversations">,
  { session, url }: Visit,
): Conversation | undefined {
  return session.account
    ? conversations.find(session.account.integrationId, url.pathname.split("/")[2] ?? "")
    : undefined;
}

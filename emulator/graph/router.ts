import { authenticate, requirePage } from "./access";
import { appNode } from "./app-node";
import { appSubscriptions } from "./app-subscriptions";
import { conversation, conversations } from "./conversations";
import { debugToken } from "./debug-token";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, missingParameter, noSuchObject, unknownPath } from "./graph-error";
import { igMediaNode, igUserEdge, igUserNode } from "./ig-user-node";
import { messageAttachments } from "./message-attachments";
import { messageNode } from "./message-node";
import { oauthAccessToken } from "./oauth-access-token";
import { pageNode } from "./page-node";
import { portfolio } from "./portfolio-edges";
import { findPost } from "./post-node";
import { profile } from "./profile";
import type { Accepted } from "./record-send";
import { checkSender } from "./send-checks";
import { sendMessage } from "./send-message";
import { subscribedApps } from "./subscribed-apps";
import { userEdge, userNode } from "./user-edges";

const MAX_IDS = 50;

/** The answer of a Graph call: a value, or a send whose echo is still to go out. */
export type Outcome = { value: unknown } | { accepted: Accepted };

export async function route(call: GraphCall): Promise<Outcome> {
  const [first, second] = call.segments;
  if (first === "oauth" && second === "access_token") return { value: oauthAccessToken(call) };
  if (first === "debug_token") return { value: debugToken(call) };
  const access = authenticate(call);
  if (first === undefined) return { value: await several(call, access) };
  const id = first === "me" || first === access.token?.systemUserId ? ownId(access) : first;
  if (second === "messages" && call.method === "POST" && call.emulator.index.pages.has(id)) {
    return { accepted: await sendMessage(call, access, requirePage(call, access, id)) };
  }
  return { value: await node(call, access, id, second ?? null) };
}

function ownId(access: Access): string {
  if (access.kind === "user") return access.token.personId;
  if (access.kind === "page") return access.token.pageId ?? "";
  throw new GraphError(2500, "An active access token must be used to query information about the current user.");
}

async function node(call: GraphCall, access: Access, id: string, edge: string | null): Promise<unknown> {
  const { index, world } = call.emulator;
  if (edge === "subscriptions" && call.emulator.app(id)) return appSubscriptions(call, access);
  const app = call.emulator.app(id === "app" ? access.app.id : id);
  if (app && edge === null) return appNode(call, access, app);
  const person = index.people.get(id);
  if (person)
    return edge === null ? readOnly(call, () => userNode(call, access, person)) : userEdge(call, access, person, edge);
  if (index.pages.has(id))
    return edge === null ? readOnly(call, () => pageNode(call, access, id)) : pageEdge(call, access, id, edge);
  const business = index.businesses.get(id);
  if (business)
    return edge === null
      ? readOnly(call, () => igUserNode(call, access, business))
      : igUserEdge(call, access, business, edge);
  const thread = index.threads.get(id);
  if (thread) return readOnly(call, () => conversation(call, access, thread, edge));
  const message = index.messages.get(id);
  if (message && edge === null) return readOnly(call, () => messageNode(call, access, message));
  const owner = world.portfolios.find((one) => one.id === id);
  if (owner) return readOnly(call, () => portfolio(call, access, owner, edge));
  const post = findPost(call.emulator, id);
  if (post && edge === null) return readOnly(call, () => igMediaNode(call, access, post));
  if (!/^[\w.]+$/.test(id) || /^[a-z_]+$/i.test(id)) throw unknownPath(`/${id}`);
  if (edge === null && /^\d+$/.test(id)) return readOnly(call, () => profile(call, access, id));
  throw noSuchObject(id, call.method);
}

function readOnly(call: GraphCall, read: () => unknown): unknown {
  if (call.method !== "GET") throw noSuchObject(call.segments[0] ?? "", call.method);
  return read();
}

async function pageEdge(call: GraphCall, access: Access, id: string, edge: string): Promise<unknown> {
  const page = requirePage(call, access, id);
  if (edge === "subscribed_apps") return subscribedApps(call, access, page);
  if (edge === "conversations") return readOnly(call, () => conversations(call, access, page));
  if (edge === "message_attachments" && call.method === "POST") {
    return messageAttachments(call, checkSender(call, access, page));
  }
  throw unknownPath(`/${edge}`);
}

/** `/?ids=a,b`: one bad id fails them all. */
async function several(call: GraphCall, access: Access): Promise<Record<string, unknown>> {
  const ids = call.list("ids");
  if (ids.length === 0) throw missingParameter("ids");
  if (ids.length > MAX_IDS) throw new GraphError(100, `(#100) Too many IDs specified: at most ${MAX_IDS}.`);
  const result: Record<string, unknown> = {};
  for (const id of ids) result[id] = await node(call, access, id === "me" ? ownId(access) : id, null);
  return result;
}

import type { Page, Thread } from "../world/types";
import { type Field, project, type Readers } from "./fields";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, noSuchObject } from "./graph-error";
import { DETAIL_LIMIT, isListed, type MessageInThread, messageReaders } from "./message-node";
import { graphTime, type ListLimits, page as pageOf } from "./paging";
import { limitRate } from "./rate-limit";
import { requireReading } from "./require-reading";
import { messagingAccount } from "./send-checks";

const REQUEST_LIFE_MS = 30 * 24 * 60 * 60 * 1000;

/** Fields of a thread that Graph knows and Instagram leaves empty. */
const UNFILLED = [
  "can_reply",
  "folder",
  "former_participants",
  "is_owner",
  "is_subscribed",
  "link",
  "name",
  "scoped_thread_key",
  "senders",
  "snippet",
  "wallpaper",
];

/** `/{page-id}/conversations?platform=instagram`, newest first. */
export function conversations(call: GraphCall, access: Access, page: Page): unknown {
  if (access.kind !== "page")
    throw new GraphError(210, "(#210) A page access token is required to request this resource.");
  const platform = call.text("platform");
  if (platform !== "instagram") return { data: [] };
  requireReading(call, access, page);
  const business = messagingAccount(call, page);
  limitRate(call, business.igId);
  const userId = call.text("user_id");
  const threads = call.emulator.world.threads
    .filter((one) => one.igId === business.igId && one.messages.length > 0)
    .filter((one) => userId === null || one.igsid === userId)
    .filter((one) => answered(one) || call.emulator.now() - one.updatedAt < REQUEST_LIFE_MS)
    .sort((a, b) => b.updatedAt - a.updatedAt);
  if (userId !== null && threads.length === 0) return { data: [] };
  const fields = call.fields();
  return pageOf(
    call,
    threads,
    (one) => one.id,
    (one) => threadNode(call, one, fields),
  );
}

/** `/{conversation-id}` and its messages. */
export function conversation(call: GraphCall, access: Access, thread: Thread, edge: string | null): unknown {
  const page = call.emulator.index.pageOfAccount(thread.igId);
  if (access.kind !== "page" || page?.id !== access.token.pageId) throw noSuchObject(thread.id, call.method);
  requireReading(call, access, page);
  messagingAccount(call, page);
  limitRate(call, thread.igId);
  if (edge === null) return threadNode(call, thread, call.fields());
  if (edge !== "messages") throw noSuchObject(thread.id, call.method);
  return messageList(call, thread, call.fields(), {});
}

function threadNode(call: GraphCall, thread: Thread, fields: Field[] | null): Record<string, unknown> {
  if (call.emulator.switches.poisonedThread === thread.id)
    throw new GraphError(1, "An unknown error occurred", { status: 500 });
  return project("UnifiedThread", thread, threadReaders(call), fields, ["id", "updated_time"]);
}

function threadReaders(call: GraphCall): Readers<Thread> {
  const { index } = call.emulator;
  return {
    id: (thread) => thread.id,
    updated_time: (thread) => graphTime(thread.updatedAt),
    message_count: (thread) => thread.messages.length,
    unread_count: (thread) =>
      thread.messages.filter((one) => one.from === "customer" && one.at > (thread.seenByBusinessAt ?? 0)).length,
    participants: (thread) => ({
      data: [
        { id: thread.igId, username: index.businesses.get(thread.igId)?.username },
        { id: thread.igsid, username: index.customers.get(thread.customerId)?.username },
      ],
    }),
    ...Object.fromEntries(UNFILLED.map((name) => [name, () => undefined])),
    messages: (thread, field) =>
      messageList(call, thread, field.fields, {
        limit: field.args.limit ?? null,
        path: `/${thread.id}/messages`,
        fields: field.text,
      }),
  };
}

/** Newest first; unsent and unsupported messages vanish from lists. */
function messageList(call: GraphCall, thread: Thread, fields: Field[] | null, limits: ListLimits) {
  const listed: MessageInThread[] = thread.messages
    .filter(isListed)
    .reverse()
    .map((message) => ({ thread, message }));
  const readers = messageReaders(call.emulator);
  const asked = fields ?? ["id", "created_time"].map((name) => ({ name, args: {}, fields: null }));
  const recent = new Set(listed.slice(0, DETAIL_LIMIT));
  return pageOf(
    call,
    listed,
    (one) => one.message.mid,
    (one) =>
      project(
        "Message",
        one,
        readers,
        recent.has(one) ? asked : asked.filter(({ name }) => name === "id" || name === "created_time"),
        [],
      ),
    limits,
  );
}

function answered(thread: Thread): boolean {
  return thread.messages.some((one) => one.from === "business");
}

import { messagingWindow } from "../messages/messaging-window";
import type { Business, Page, Thread } from "../world/types";
import type { Access, GraphCall } from "./graph-call";
import { GraphError } from "./graph-error";
import { messageInThread } from "./message-in-thread";
import { type Accepted, record } from "./record-send";

const TYPING_MS = 20_000;
const PARAMETERS = ["recipient", "sender_action", "access_token", "appsecret_proof", "platform"];
const ACTIONS = ["typing_on", "typing_off", "mark_seen", "react", "unreact"];

export function isSenderAction(call: GraphCall): boolean {
  return call.text("sender_action") !== null;
}

/** Typing, seen and the one reaction an app can give; nothing of it comes back as an echo. */
export function senderAction(
  call: GraphCall,
  access: Access,
  page: Page,
  business: Business,
  thread: Thread,
): Accepted {
  const action = call.required("sender_action").toLowerCase();
  if (!ACTIONS.includes(action))
    throw new GraphError(100, `(#100) Param sender_action must be one of {${ACTIONS.join(", ")}}`);
  if (call.text("message") !== null) {
    throw new GraphError(100, "(#100) Requires exactly one of the params message, sender_action");
  }
  const allowed = action === "react" || action === "unreact" ? [...PARAMETERS, "payload"] : PARAMETERS;
  const other = call.names().find((name) => !allowed.includes(name));
  if (other) throw new GraphError(100, `(#100) Param ${other} cannot be sent with sender_action ${action}`);
  const { emulator } = call;
  if (messagingWindow(emulator, thread) !== "open") {
    throw new GraphError(10, "(#10) This message is sent outside of allowed window.", { subcode: 2534022 });
  }
  if (action === "typing_on") thread.typingUntil = emulator.now() + TYPING_MS;
  if (action === "typing_off") thread.typingUntil = 0;
  if (action === "mark_seen") thread.seenByBusinessAt = emulator.now();
  if (action === "react" || action === "unreact") react(call, thread, action === "react");
  record(call, access, page, business, thread, { kind: action, text: null, tag: null, mid: null });
  emulator.stream.threadChanged(thread);
  emulator.changed();
  return { answer: { recipient_id: thread.igsid }, echo: () => Promise.resolve() };
}

function react(call: GraphCall, thread: Thread, add: boolean): void {
  const payload = call.object("payload");
  const mid = payload?.message_id;
  if (typeof mid !== "string") throw new GraphError(100, "(#100) The parameter payload[message_id] is required.");
  if (add && payload?.reaction !== "love")
    throw new GraphError(100, "(#100) Param payload[reaction] must be one of {love}");
  const message = messageInThread(call.emulator, thread, mid);
  message.reactions = message.reactions.filter((one) => one.by !== "business");
  if (add) message.reactions.push({ by: "business", emoji: "❤️", reaction: "love" });
}

import type { Emulator } from "../emulator";
import { digits } from "../ids";
import type { Input } from "../input";
import { itemHead } from "../messages/message-item";
import { openThread } from "../messages/open-thread";
import { postsOf } from "../posts/posts";
import type { EntryMember } from "../webhooks/dispatcher";
import { publish } from "../webhooks/publish";
import { theBusiness, theCustomer } from "./find";
import { deliveryOf } from "./say";

const KINDS = [
  "pass_thread_control",
  "take_thread_control",
  "request_thread_control",
  "standby",
  "comment",
  "live_comment",
  "mention",
  "optin",
  "policy",
  "unknown",
] as const;

const INSTAGRAM_INBOX_APP = "1217981644879628";
const OTHER_APP = "263902037430900";

/**
 * Events that are no messages, as samples: nothing happens in the thread. They go to every app that receives messages,
 * also when it has not asked for their field.
 */
export function sample(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const customer = theCustomer(emulator, input);
  const thread = openThread(emulator, business.igId, customer.id);
  const now = emulator.now();
  const kind = input.oneOf("kind", KINDS);
  const head = itemHead(thread, "customer", now);
  const from = { id: thread.igsid, username: customer.username };
  const media = {
    id: postsOf(emulator, business)[0]?.id,
    media_product_type: kind === "live_comment" ? "LIVE" : "FEED",
  };
  const control = { previous_owner_app_id: OTHER_APP, new_owner_app_id: INSTAGRAM_INBOX_APP, metadata: "sample" };
  const commentId = digits(`comment:${now}`, 17);

  const samples: Record<(typeof KINDS)[number], [member: EntryMember, item: unknown]> = {
    pass_thread_control: ["messaging", { ...head, pass_thread_control: control }],
    take_thread_control: ["messaging", { ...head, take_thread_control: control }],
    request_thread_control: [
      "messaging",
      { ...head, request_thread_control: { requested_owner_app_id: INSTAGRAM_INBOX_APP, metadata: "sample" } },
    ],
    standby: ["standby", { ...head, message: { mid: `standby-${commentId}`, text: "Is anybody there?" } }],
    comment: ["changes", { field: "comments", value: { id: commentId, from, text: "Where can I buy this?", media } }],
    live_comment: ["changes", { field: "live_comments", value: { id: commentId, from, text: "Hello!", media } }],
    mention: ["changes", { field: "mentions", value: { media_id: media.id, comment_id: commentId } }],
    optin: ["messaging", { ...head, optin: { type: "notification_messages", payload: "sample" } }],
    policy: ["messaging", { ...head, "policy-enforcement": { action: "warning", reason: "sample" } }],
    unknown: ["messaging", { ...head, hologram: { depth: 3, note: "a kind from the future" } }],
  };
  const [member, item] = samples[kind];
  return { delivery: deliveryOf(publish(emulator, business.igId, thread.key, "messages", item, member)) };
}

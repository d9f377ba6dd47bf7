import type { Emulator } from "../emulator";
import type { Input } from "../input";
import { itemHead } from "../messages/message-item";
import { openThread } from "../messages/open-thread";
import { publish } from "../webhooks/publish";
import { eventTime, theBusiness, theCustomer } from "./find";
import { BUSINESS_ONLY, CUSTOMER_ONLY, kindOfMessage, SENDABLE } from "./kinds";
import { deliveryOf, say, VIEW_MESSAGES } from "./say";
import { threadView } from "./views";

const ICE_BREAKER = { title: "Do you take custom orders?", payload: "ICE_BREAKER_CUSTOM_ORDERS" };

/** What else a customer can send; the shapes are those of Meta's webhooks. */
export function other(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const thread = openThread(emulator, business.igId, theCustomer(emulator, input).id);
  const kind = input.oneOf("kind", [...SENDABLE, ...CUSTOMER_ONLY, "ice_breaker", "postback", "referral"]);
  const at = eventTime(emulator, input);
  if (kind === "referral") return referral(emulator, input);
  if (kind === "ice_breaker") return tap(ICE_BREAKER, true);
  if (kind === "postback") return tap({ title: "Talk to a person", payload: "HUMAN" }, false);
  return say(emulator, thread, { from: "customer", at, ...kindOfMessage(emulator, business, kind) });

  function tap({ title, payload }: typeof ICE_BREAKER, iceBreaker: boolean) {
    return say(emulator, thread, { from: "customer", at, text: title, postback: { title, payload, iceBreaker } });
  }
}

/** The same from the business's own phone: echoes go out. */
export function businessOther(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const thread = openThread(emulator, business.igId, theCustomer(emulator, input).id);
  const kind = input.oneOf("kind", [...SENDABLE, ...BUSINESS_ONLY]);
  return say(emulator, thread, {
    from: "business",
    at: eventTime(emulator, input),
    ...kindOfMessage(emulator, business, kind),
  });
}

/** The customer follows an `ig.me` link. Instagram tells of it only when the two have talked before. */
function referral(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const customer = theCustomer(emulator, input);
  const thread = openThread(emulator, business.igId, customer.id);
  const at = eventTime(emulator, input);
  const ref = input.textOr("ref") ?? "spring-sale";
  const known = thread.messages.length > 0;
  thread.notes = [
    ...(thread.notes ?? []),
    { at, text: `${customer.name} came through ig.me/m/${business.username}?ref=${ref}` },
  ];
  emulator.stream.threadChanged(thread);
  emulator.changed();
  const item = { ...itemHead(thread, "customer", at), referral: { ref, source: "SHORTLINKS", type: "OPEN_THREAD" } };
  const delivery = known
    ? deliveryOf(publish(emulator, thread.igId, thread.key, "messaging_referral", item))
    : { sent: false, reason: "Instagram tells of a link only when the conversation exists already." };
  return { mid: null, thread: threadView(emulator, thread, VIEW_MESSAGES), delivery };
}

import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import { cardsOf, standingQuickReplies } from "./cards";

import { eventTime, theMessage } from "./find";
import { say } from "./say";

/** The customer taps one of the quick replies that stand above the keyboard. */
export function tapQuickReply(emulator: Emulator, input: Input) {
  const { thread, message } = theMessage(emulator, input);
  const index = input.number("index", 0);
  const chosen = standingQuickReplies(thread, message)[index];
  if (!chosen) throw new Refusal(409, "That quick reply is not offered, or no longer.");
  return say(emulator, thread, {
    from: "customer",
    at: eventTime(emulator, input),
    text: chosen.title,
    quickReply: chosen.payload,
  });
}

/** The customer taps a button of a card or of a button message. */
export function tapButton(emulator: Emulator, input: Input) {
  const { thread, message } = theMessage(emulator, input);
  const button = cardsOf(message)[input.number("card", 0)]?.buttons[input.number("button", 0)];
  if (!button) throw new Refusal(409, "That message has no such button.");
  if (button.payload === null) throw new Refusal(409, "That button opens an address; nobody is told.");
  return say(emulator, thread, {
    from: "customer",
    at: eventTime(emulator, input),
    text: button.title,
    postback: { title: button.title, payload: button.payload, iceBreaker: false },
  });
}

import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import type { Business, Customer, Message, Thread } from "../world/types";

export function theBusiness(emulator: Emulator, input: Input): Business {
  const business = emulator.index.businesses.get(input.text("igId"));
  if (!business) throw new Refusal(404, "There is no such business account.");
  return business;
}

export function theCustomer(emulator: Emulator, input: Input): Customer {
  const customer = emulator.index.customers.get(input.text("customerId"));
  if (!customer) throw new Refusal(404, "There is no such customer.");
  return customer;
}

export function theThread(emulator: Emulator, input: Input): Thread {
  const thread = emulator.index.threads.get(input.text("threadId"));
  if (!thread) throw new Refusal(404, "There is no such conversation.");
  return thread;
}

export function theMessage(emulator: Emulator, input: Input): { thread: Thread; message: Message } {
  const found = emulator.index.messages.get(input.text("mid"));
  if (!found) throw new Refusal(404, "There is no such message.");
  if (found.message.unsent) throw new Refusal(409, "That message was unsent.");
  return found;
}

/** The time of an event: now, or `ago` milliseconds earlier. */
export function eventTime(emulator: Emulator, input: Input): number {
  const ago = input.number("ago", 0);
  if (ago < 0) throw new Refusal(400, `"ago" cannot be negative.`);
  return emulator.now() - Math.round(ago);
}

import { addMedia } from "../cdn/store-upload";
import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import { digits } from "../ids";
import type { Input } from "../input";
import { publish } from "../webhooks/publish";
import type { Customer } from "../world/types";
import { theBusiness, theCustomer } from "./find";
import { businessView, customerView } from "./views";

export function createCustomer(emulator: Emulator, input: Input) {
  const name = input.text("name").slice(0, 200);
  const username = (input.textOr("username") ?? freeUsername(emulator, name)).toLowerCase();
  if (!/^[a-z0-9._]{1,30}$/.test(username))
    throw new Refusal(400, "A username has up to 30 letters, digits, dots and underscores.");
  if (emulator.index.customers.has(username)) throw new Refusal(409, `@${username} is taken.`);
  const customer = addCustomer(emulator, { id: username, name, picture: input.flag("picture", true) });
  customer.private = input.flag("private", false);
  customer.consentError = input.flag("consentError", false);
  emulator.stream.customerChanged(customer.id);
  return { customer: customerView(emulator, customer) };
}

export function addCustomer(emulator: Emulator, given: { id: string; name: string; picture: boolean }): Customer {
  const avatarId = given.picture ? digits(`avatar:${given.id}`, 16) : null;
  if (avatarId && !emulator.index.media.has(avatarId)) {
    addMedia(emulator, {
      id: avatarId,
      kind: "avatar",
      contentType: "image/png",
      source: { drawing: `avatar:${given.id}` },
      storyId: null,
    });
  }
  const customer: Customer = {
    id: given.id,
    username: given.id,
    name: given.name,
    avatarId,
    private: false,
    consentError: false,
    verified: false,
    followers: Number(digits(`followers:${given.id}`, 3)),
    followsBusinesses: [],
    stories: [],
  };
  emulator.world.customers.push(customer);
  emulator.index.customers.set(customer.id, customer);
  emulator.changed();
  return customer;
}

function freeUsername(emulator: Emulator, name: string): string {
  const plain =
    name
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ".")
      .replace(/^\.|\.$/g, "")
      .slice(0, 24) || "customer";
  let candidate = plain;
  for (let n = 2; emulator.index.customers.has(candidate); n++) candidate = `${plain}${n}`;
  return candidate;
}

export function changeCustomer(emulator: Emulator, id: string, input: Input) {
  const customer = emulator.index.customers.get(id);
  if (!customer) throw new Refusal(404, "There is no such customer.");
  customer.name = input.textOr("name") ?? customer.name;
  customer.private = input.flag("private", customer.private);
  customer.consentError = input.flag("consentError", customer.consentError);
  emulator.stream.customerChanged(customer.id);
  emulator.changed();
  return { customer: customerView(emulator, customer) };
}

export function follow(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  const customer = theCustomer(emulator, input);
  business.follows = business.follows.filter((id) => id !== customer.id);
  if (input.flag("follow", true)) business.follows.push(customer.id);
  return businessChanged(emulator, business.igId);
}

export function settings(emulator: Emulator, input: Input) {
  const business = theBusiness(emulator, input);
  business.allowMessages = input.flag("allowMessages", business.allowMessages);
  return businessChanged(emulator, business.igId);
}

function businessChanged(emulator: Emulator, igId: string) {
  emulator.stream.businessChanged(igId);
  emulator.changed();
  const business = emulator.index.businesses.get(igId);
  return { business: business && businessView(emulator, business) };
}

/** Delivers any item under an account, as it is. */
export function raw(emulator: Emulator, input: Input) {
  const igId = input.text("igId");
  if (input.raw.item === undefined) throw new Refusal(400, `"item" is missing.`);
  const published = publish(emulator, igId, `raw:${igId}`, input.textOr("field") ?? "messages", input.raw.item);
  return { delivery: published.sent ? { sent: true } : { sent: false, reason: published.reason } };
}

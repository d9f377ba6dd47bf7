import { igsidFor } from "../ids";
import type { Token } from "./access-types";
import type { Business, Customer, Media, Message, Page, Person, Thread, World } from "./types";

/** Finds things of the world by id. Whoever adds one to the world adds it here too. */
export class WorldIndex {
  readonly people = new Map<string, Person>();
  readonly pages = new Map<string, Page>();
  readonly businesses = new Map<string, Business>();
  readonly customers = new Map<string, Customer>();
  readonly threads = new Map<string, Thread>();
  readonly messages = new Map<string, { thread: Thread; message: Message }>();
  readonly igsids = new Map<string, { igId: string; customerId: string }>();
  readonly media = new Map<string, Media>();
  readonly tokens = new Map<string, Token>();
  readonly threadKeys = new Map<string, Thread>();
  private readonly pairs = new Map<string, Thread>();

  constructor(world: World) {
    for (const person of world.people) this.people.set(person.id, person);
    for (const page of world.pages) this.pages.set(page.id, page);
    for (const business of world.businesses) this.businesses.set(business.igId, business);
    for (const customer of world.customers) this.customers.set(customer.id, customer);
    for (const thread of world.threads) this.addThread(thread);
    for (const media of world.media) this.media.set(media.id, media);
    for (const token of world.tokens) this.tokens.set(token.value, token);
  }

  addThread(thread: Thread): void {
    this.threads.set(thread.id, thread);
    this.threadKeys.set(thread.key, thread);
    this.pairs.set(`${thread.igId}:${thread.customerId}`, thread);
    this.igsids.set(thread.igsid, { igId: thread.igId, customerId: thread.customerId });
    for (const message of thread.messages) this.messages.set(message.mid, { thread, message });
  }

  threadOf(igId: string, customerId: string): Thread | undefined {
    return this.pairs.get(`${igId}:${customerId}`);
  }

  /** The customer behind an id scoped to one business account, also before the first message. */
  customerByIgsid(igId: string, igsid: string): Customer | undefined {
    const known = this.igsids.get(igsid);
    if (known) return known.igId === igId ? this.customers.get(known.customerId) : undefined;
    for (const customer of this.customers.values()) {
      if (igsidFor(igId, customer.id) === igsid) return customer;
    }
    return undefined;
  }

  pageOfAccount(igId: string): Page | undefined {
    for (const page of this.pages.values()) if (page.igId === igId) return page;
    return undefined;
  }

  personByName(nameOrId: string): Person | undefined {
    const byId = this.people.get(nameOrId);
    if (byId) return byId;
    for (const person of this.people.values()) if (person.name === nameOrId) return person;
    return undefined;
  }
}

import { call } from "./api";
import { appAddress } from "./app-address";
import { KeptPictures } from "./kept-pictures";
import type { Business, Customer, Message, Sample, Story, StoryRef, Thread, WorldState } from "./wire";

const OFFLINE_NOTICE_MS = 3_000;
const RECONNECT_MS = 1_500;
// Instagram takes a typing sign down by itself after this time, without saying so.
const TYPING_MS = 20_000;

/** What the emulator knows, kept equal to it by its event stream. */
export class World {
  loaded = false;
  /** How often the world was read as a whole; it may be another world then. */
  readings = 0;
  /** False once the stream has been gone for three seconds. */
  online = true;
  appUrl: string | null = null;
  businesses: Business[] = [];
  customers: Customer[] = [];
  samples: Sample[] = [];
  #threads = new Map<string, Thread>();
  #clockOffset = 0;
  #pictures = new KeptPictures();
  #listeners = new Set<() => void>();
  #scheduled = false;
  #offlineTimer: number | undefined;

  /** Calls `listener` once after every burst of changes. */
  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  now(): number {
    return Date.now() + this.#clockOffset;
  }

  /** Milliseconds by which the emulator's clock is ahead of this computer's. */
  get clockAhead(): number {
    return this.#clockOffset;
  }

  threads(): Thread[] {
    return [...this.#threads.values()].sort((a, b) => b.updatedAt - a.updatedAt);
  }

  thread(igId: string, customerId: string): Thread | null {
    for (const thread of this.#threads.values()) {
      if (thread.igId === igId && thread.customerId === customerId) return thread;
    }
    return null;
  }

  business(igId: string): Business | null {
    return this.businesses.find((business) => business.igId === igId) ?? null;
  }

  customer(id: string): Customer | null {
    return this.customers.find((customer) => customer.id === id) ?? null;
  }

  /** Whether a story that a message refers to can still be seen; its owner's own list knows first when it ended early. */
  isAlive(ref: StoryRef): boolean {
    const story = this.story(ref.id);
    return story ? story.endsAt > this.now() : ref.available && ref.endsAt > this.now();
  }

  story(id: string): Story | null {
    for (const owner of [...this.businesses, ...this.customers]) {
      const story = owner.stories.find((one) => one.id === id);
      if (story) return story;
    }
    return null;
  }

  /** The stories of an account that could be seen at `at`, newest first. */
  storiesAt(owner: { stories: Story[] }, at: number): Story[] {
    return owner.stories
      .filter((story) => story.postedAt <= at && at < story.endsAt)
      .sort((a, b) => b.postedAt - a.postedAt);
  }

  /** Opens the event stream and reads the world; starts over by itself when the stream breaks. */
  start(): void {
    const stream = new EventSource("/_play/events");
    stream.addEventListener("hello", () => void this.#read(stream));
    stream.addEventListener("reset", () => void this.#read(stream));
    this.#follow<Thread>(stream, "thread", (thread) => this.receiveThread(thread));
    this.#follow<Business>(stream, "business", (business) => this.receiveBusiness(business));
    this.#follow<Customer>(stream, "customer", (customer) => this.receiveCustomer(customer));
    // Another time is another world: stories have ended, pictures have other addresses.
    stream.addEventListener("clock", () => void this.#read(stream));
    stream.addEventListener("error", () => {
      this.#offlineTimer ??= window.setTimeout(() => {
        this.online = false;
        this.changed();
      }, OFFLINE_NOTICE_MS);
      // A browser gives up for good when the answer was not a stream (a proxy's error page); then we begin anew.
      if (stream.readyState === EventSource.CLOSED) window.setTimeout(() => this.start(), RECONNECT_MS);
    });
  }

  receiveThread(thread: Thread): void {
    const known = this.#threads.get(thread.id);
    if (known && known.version > thread.version) return;
    const current = known ? { ...thread, messages: merge(known.messages, thread) } : thread;
    this.#threads.set(thread.id, current);
    if (current.typing) window.setTimeout(() => this.#stopTyping(current), TYPING_MS);
    this.changed();
  }

  receiveEarlier(threadId: string, earlier: Message[]): void {
    const known = this.#threads.get(threadId);
    if (!known) return;
    const have = new Set(known.messages.map((message) => message.mid));
    const messages = [...earlier.filter((message) => !have.has(message.mid)), ...known.messages];
    this.#threads.set(threadId, { ...known, messages });
    this.changed();
  }

  receiveBusiness(business: Business): void {
    const kept = this.#pictures.keep(business, this.now());
    this.businesses = replaced(this.businesses, kept, (one) => one.igId === business.igId);
    this.changed();
  }

  receiveCustomer(customer: Customer): void {
    const kept = this.#pictures.keep(customer, this.now());
    this.customers = replaced(this.customers, kept, (one) => one.id === customer.id);
    this.changed();
  }

  receiveClock(now: number): void {
    const offset = now - Date.now();
    // Two clocks of one machine differ by the network's milliseconds; only a real move is one.
    this.#clockOffset = Math.abs(offset) < 1_000 ? 0 : offset;
    this.changed();
  }

  changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      for (const listener of this.#listeners) listener();
    });
  }

  #stopTyping(thread: Thread): void {
    if (this.#threads.get(thread.id) !== thread) return;
    this.#threads.set(thread.id, { ...thread, typing: false });
    this.changed();
  }

  async #read(stream: EventSource): Promise<void> {
    let state: WorldState;
    try {
      state = await call<WorldState>("/_play/state?threads=200&messages=50");
      this.appUrl = state.appUrl ?? (await appAddress());
    } catch {
      stream.close();
      window.setTimeout(() => this.start(), RECONNECT_MS);
      return;
    }
    window.clearTimeout(this.#offlineTimer);
    this.#offlineTimer = undefined;
    this.loaded = true;
    this.readings += 1;
    this.online = true;
    this.businesses = state.businesses.map((business) => this.#pictures.keep(business, state.now));
    this.customers = state.customers.map((customer) => this.#pictures.keep(customer, state.now));
    this.samples = state.samples;
    this.#threads = new Map(state.threads.map((thread) => [thread.id, thread]));
    this.receiveClock(state.now);
  }

  #follow<T>(stream: EventSource, type: string, receive: (data: T) => void): void {
    stream.addEventListener(type, (event: MessageEvent<string>) => {
      receive(JSON.parse(event.data) as T);
    });
  }
}

function replaced<T>(list: T[], item: T, isSame: (one: T) => boolean): T[] {
  return list.some(isSame) ? list.map((one) => (isSame(one) ? item : one)) : [...list, item];
}

/** The stream carries a thread's last messages only; what was read further back is kept in front of them. */
function merge(known: Message[], thread: Thread): Message[] {
  const first = thread.messages[0];
  if (!first || thread.messages.length >= thread.total) return thread.messages;
  const fresh = new Set(thread.messages.map((message) => message.mid));
  return [...known.filter((message) => message.at <= first.at && !fresh.has(message.mid)), ...thread.messages];
}

import { type Place, readPlace, writePlace } from "./place";
import type { Business, Customer, Side, Thread } from "./wire";
import type { World } from "./world";

export type View = "cast" | "phone" | "stage";

const READS_KEY = "phone.reads-automatically";
const HOME_BRAND = "nora.ceramics";

/** What stands in the light right now. On the business's phone `customer` is null while its list of chats is open. */
export interface Scene {
  role: Side;
  business: Business;
  customer: Customer | null;
  thread: Thread | null;
}

/** The choices of the person at the page: who is played, when the next thing happens, whether phones read by themselves. */
export class Stage {
  place: Place = readPlace(location.hash);
  ago = 0;
  view: View = "phone";
  readsAutomatically = localStorage.getItem(READS_KEY) !== "off";
  #listeners = new Set<() => void>();
  #settled: string | null = null;

  constructor() {
    window.addEventListener("hashchange", () => {
      this.place = readPlace(location.hash);
      this.view = "phone";
      this.#changed();
    });
  }

  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  go(place: Place): void {
    this.place = place;
    this.view = "phone";
    const hash = writePlace(place);
    if (hash !== location.hash) history.pushState(null, "", hash);
    this.#changed();
  }

  setAgo(ago: number): void {
    this.ago = ago;
    this.#changed();
  }

  setView(view: View): void {
    this.view = view;
    this.#changed();
  }

  setReadsAutomatically(on: boolean): void {
    this.readsAutomatically = on;
    localStorage.setItem(READS_KEY, on ? "on" : "off");
    this.#changed();
  }

  /** The people behind `place`; null until the world is read or when it holds nobody. */
  scene(world: World): Scene | null {
    const { place } = this;
    const business = world.businesses.find((one) => one.username === place.business) ?? this.#fitting(world);
    if (!business) return null;
    const named = world.customers.find((one) => one.username === place.customer) ?? null;
    const customer = named ?? (place.role === "customer" ? (world.customers[0] ?? null) : null);
    if (place.role === "customer" && !customer) return null;
    return { role: place.role, business, customer, thread: customer && world.thread(business.igId, customer.id) };
  }

  /** A connected business, and the same one from then on: the page does not change partners in the middle of a talk. */
  #fitting(world: World): Business | null {
    const settled = this.#settled === null ? null : world.business(this.#settled);
    if (settled) return settled;
    const home = world.businesses.find((business) => business.username === HOME_BRAND);
    const connected = home?.connected ? home : world.businesses.find((business) => business.connected);
    this.#settled = connected?.igId ?? null;
    return connected ?? home ?? world.businesses[0] ?? null;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Connected accounts first, each half by name. */
export function businessesInOrder(world: World): Business[] {
  return [...world.businesses].sort(
    (a, b) => Number(b.connected) - Number(a.connected) || a.username.localeCompare(b.username),
  );
}

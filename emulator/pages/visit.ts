import type { Emulator } from "../emulator";
import { type Call, Refusal } from "../http";
import { Input } from "../input";
import type { Person } from "../world/types";
import type { SitePage } from "./site-page";

/** One visit to a page of facebook.com by somebody who is logged in. */
export interface Visit {
  emulator: Emulator;
  call: Call;
  person: Person;
  /** What was posted; empty for a GET. */
  form: URLSearchParams;
  /** The segments of the address after the page's own. */
  rest: string[];
}

/** A page to show, or where to go after something was done; `done` names the words shown there. */
export type Visited = Omit<SitePage, "person"> | { to: string; done: string };

/** What a page shows after something was done elsewhere. */
export function doneWords(visit: Visit, words: Record<string, string>): SitePage["notice"] {
  const done = words[visit.call.url.searchParams.get("done") ?? ""];
  return done ? { words: done } : null;
}

/** Does something that may be refused in words; gives the words. */
export async function attempt(act: () => unknown): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

export function inputOf(values: Record<string, unknown>): Input {
  return new Input(values);
}

import { holdsTerms, searchRanges, searchTerms } from "@/lib/inbox/search-words";
import { searchableTexts } from "@/lib/inbox/searchable-texts";
import type { Changes, ConversationRow, FoundMessage, MessageRow, SearchPage } from "@/lib/inbox/types";
import { Refusal } from "../api";
import { newer } from "../cache/conversation-list";

/** Typing rests for so long before the server is asked, ms. */
const REST = 150;
/** A page may hold little because much was looked through for it; so many are found before the reader is asked to scroll. */
const ENOUGH = 20;
/** A quiet look again after a message came that belongs to the results, ms. */
const LOOK_AGAIN = 500;

export type SearchState = {
  /** As it was typed. */
  question: string;
  /** "nothing": there is no word in it. */
  status: "idle" | "nothing" | "busy" | "done" | "failed";
  /** Why it failed, in words. */
  problem: string | null;
  people: ConversationRow[];
  messages: FoundMessage[];
  total: SearchPage["total"];
  next: string | null;
};

const IDLE: SearchState = {
  question: "",
  status: "idle",
  problem: null,
  people: [],
  messages: [],
  total: null,
  next: null,
};

export type AskSearch = (
  question: string,
  options: { after: string | null; signal: AbortSignal },
) => Promise<SearchPage>;

/** What somebody looks for and what was found; an older answer never replaces a newer one, and what is unsent leaves at once. */
export class Search {
  private state = IDLE;
  private readonly ask: AskSearch;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | null = null;
  private pages = 0;

  constructor(ask: AskSearch) {
    this.ask = ask;
  }

  get current(): SearchState {
    return this.state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Another question; what was found for the one before stays until its answer is there. */
  set(question: string): void {
    this.stop();
    if (question.trim() === "") this.change(IDLE);
    else if (searchTerms(question).length === 0) this.change({ ...IDLE, question, status: "nothing" });
    else {
      this.change({ ...this.state, question, status: "busy", problem: null });
      this.timer = setTimeout(() => void this.read(null), REST);
    }
  }

  /** Asks the same question again. */
  again(): void {
    this.stop();
    this.change({ ...this.state, status: "busy", problem: null });
    void this.read(null);
  }

  /** Loads what is older than the last of the results. */
  async more(): Promise<void> {
    if (this.state.status === "done" && this.state.next && !this.running) await this.read(this.state.next);
  }

  /** What changed in the inbox, as the stream tells it. */
  apply({ messages, removed, erased, conversations }: Changes): void {
    if (this.state.status === "idle" || this.state.status === "nothing") return;
    const terms = searchTerms(this.state.question);
    const changed = new Map(messages.map((message) => [message.id, message]));
    const gone = new Set([...removed, ...messages.flatMap(({ id, unsent }) => (unsent ? id : []))]);
    const lost = new Set(erased);
    const rows = new Map(conversations.map((row) => [row.id, row]));
    const known = new Set(this.state.messages.map(({ message }) => message.id));
    const fresh = (found: FoundMessage): FoundMessage[] => {
      if (gone.has(found.message.id) || lost.has(found.message.conversationId)) return [];
      const conversation = newer(rows.get(found.conversation.id), found.conversation);
      const message = changed.get(found.message.id);
      if (!message || message.version < found.message.version) return [{ ...found, conversation }];
      const texts = searchableTexts(message);
      if (!holdsTerms(texts, terms)) return [];
      const text = texts.find((each) => searchRanges(each, terms).length > 0) ?? found.text;
      return [{ message, conversation, text, ranges: searchRanges(text, terms) }];
    };
    const left = this.state.messages.flatMap(fresh);
    const dropped = this.state.messages.length - left.length;
    const { total } = this.state;
    this.change({
      ...this.state,
      messages: left,
      people: this.state.people.flatMap((row) => (lost.has(row.id) ? [] : newer(rows.get(row.id), row))),
      total: total && { ...total, count: total.count - dropped },
    });
    const belongs = (message: MessageRow) =>
      !known.has(message.id) && !message.unsent && holdsTerms(searchableTexts(message), terms);
    if (this.state.status === "done" && this.pages === 1 && !this.running && messages.some(belongs)) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.read(null), LOOK_AGAIN);
    }
  }

  /** Ends what is under way. */
  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = null;
  }

  private async read(after: string | null): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const { question } = this.state;
    try {
      const page = await this.ask(question, { after, signal: running.signal });
      if (this.running !== running) return;
      this.running = null;
      this.pages = after === null ? 1 : this.pages + 1;
      const before = after === null ? [] : this.state.messages;
      const known = new Set(before.map(({ message }) => message.id));
      const messages = [...before, ...page.messages.filter(({ message }) => !known.has(message.id))];
      const people = after === null ? page.people : this.state.people;
      const total = after === null ? page.total : this.state.total;
      this.change({ question, status: "done", problem: null, people, messages, total, next: page.next });
      if (messages.length < ENOUGH) await this.more();
    } catch (error) {
      if (this.running !== running) return;
      this.running = null;
      this.change({ ...this.state, status: "failed", problem: wordsOf(error) });
    }
  }

  private change(state: SearchState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (!navigator.onLine) return "You are offline. Search again once you are connected.";
  return "The desk did not answer. Try again.";
}

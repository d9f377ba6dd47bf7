import { avatar } from "./avatar";
import { type ChatHandlers, chatRows } from "./chat-rows";
import { h, on, reconcile, setText } from "./dom";
import { icon } from "./icons";
import { wordsOf } from "./message-words";
import type { Theatre } from "./theatre";
import { type ChatScene, isMine, other, sceneKey } from "./viewpoint";
import type { Message } from "./wire";

const AT_BOTTOM_PX = 100;
const NEAR_TOP_PX = 120;

/** The messages of the open chat: keeps to the newest one unless the person has scrolled up, reads further back on demand. */
export class ChatLog {
  readonly element: HTMLElement;
  #scene: ChatScene | null = null;
  #key = "";
  #lastMid = "";
  #mids = new Set<string>();
  #sticks = true;
  #lastTop = 0;
  #reading = false;
  #about = h("div", { class: "chat-about" });
  #list = h("ol", { class: "messages" });
  #scroller: HTMLElement;
  #pill = h("button", { type: "button", class: "pill", hidden: true }, icon("arrowDown", 15), "New message");
  #live = h("div", { role: "log", class: "unseen-text" });

  constructor(
    private readonly theatre: Theatre,
    private readonly handlers: ChatHandlers,
  ) {
    this.#scroller = h("div", { class: "chat-scroll" }, this.#about, this.#list);
    this.element = h("div", { class: "chat-log" }, this.#scroller, this.#pill, this.#live);
    on(this.#scroller, { scroll: () => this.#scrolled() });
    // Pictures get their height when they arrive, keyboards take some of the screen: the newest message stays in sight.
    const resized = new ResizeObserver(() => this.#sticks && this.#toBottom());
    resized.observe(this.#scroller);
    resized.observe(this.#list);
    on(this.#pill, { click: () => this.#toBottom() });
  }

  update(scene: ChatScene): void {
    const messages = scene.thread?.messages ?? [];
    const newest = messages.at(-1);
    const changedChat = sceneKey(scene) !== this.#key;
    if (changedChat) this.#begin(scene);
    this.#scene = scene;
    this.#renderAbout(scene);
    const oldHeight = this.#scroller.scrollHeight;
    const oldTop = this.#scroller.scrollTop;
    const firstBefore = this.#list.firstElementChild;
    reconcile(this.#list, chatRows(this.theatre, scene, { ...this.handlers, jump: (message) => this.#show(message) }));
    const grewOnTop =
      !changedChat && firstBefore !== null && firstBefore !== this.#list.firstElementChild && this.#reading;
    if (grewOnTop) this.#scroller.scrollTop = oldTop + this.#scroller.scrollHeight - oldHeight;

    const arrived = newest !== undefined && newest.mid !== this.#lastMid;
    this.#lastMid = newest?.mid ?? "";
    const backdated = this.#backdated(scene, messages, changedChat);
    if (backdated) {
      this.#show(backdated);
      return;
    }
    if (arrived && !changedChat && !isMine(scene, newest)) this.#announce(scene, newest);
    if (this.#sticks || (arrived && isMine(scene, newest))) this.#toBottom();
    else if (arrived) this.#pill.hidden = false;
  }

  #begin(scene: ChatScene): void {
    this.#key = sceneKey(scene);
    this.#list.replaceChildren();
    this.#live.replaceChildren();
    this.#list.setAttribute("aria-label", `Chat with ${other(scene).username}`);
    this.#sticks = true;
    this.#pill.hidden = true;
  }

  #renderAbout(scene: ChatScene): void {
    const partner = other(scene);
    const line =
      scene.role === "customer" ? "Business account" : scene.customer.private ? "Private account" : "Instagram account";
    const make = () =>
      h(
        "div",
        { class: "about" },
        avatar(partner, { size: 84 }),
        h("strong", { dir: "auto" }, partner.name),
        h("span", {}, `@${partner.username}`),
        h("small", {}, line),
      );
    reconcile(this.#about, [
      { key: partner.username, version: JSON.stringify([partner.name, partner.picture, line]), make },
    ]);
  }

  /** The own message that has just taken its place further up, because it was sent as of some time ago. */
  #backdated(scene: ChatScene, messages: Message[], changedChat: boolean): Message | null {
    const known = this.#mids;
    this.#mids = new Set(messages.map((message) => message.mid));
    if (changedChat || this.#reading) return null;
    const fresh = messages.filter((message) => !known.has(message.mid));
    const [only] = fresh;
    return only && fresh.length === 1 && only !== messages.at(-1) && isMine(scene, only) ? only : null;
  }

  #show(message: Message): void {
    const row = this.#list.querySelector(`[data-mid="${CSS.escape(message.mid)}"]`);
    if (!row) return;
    this.#sticks = false;
    row.scrollIntoView({ block: "center" });
    row.classList.remove("found");
    void row.getBoundingClientRect(); // starts the animation anew
    row.classList.add("found");
  }

  #announce(scene: ChatScene, message: Message): void {
    const line = h("p", {});
    setText(line, `${other(scene).username}: ${wordsOf(message)}`);
    this.#live.append(line);
    while (this.#live.childElementCount > 5) this.#live.firstElementChild?.remove();
  }

  #scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    // Only a move upwards is the person's wish to look back; content that grows below is not.
    const wentUp = scrollTop < this.#lastTop - 1;
    this.#lastTop = scrollTop;
    const atBottom = scrollHeight - scrollTop - clientHeight < AT_BOTTOM_PX;
    this.#sticks = atBottom || (this.#sticks && !wentUp);
    if (this.#sticks) this.#pill.hidden = true;
    if (scrollTop < NEAR_TOP_PX) void this.#readEarlier();
  }

  async #readEarlier(): Promise<void> {
    const thread = this.#scene?.thread;
    if (this.#reading || !thread || thread.messages.length >= thread.total) return;
    this.#reading = true;
    await this.theatre.actions.readEarlier(thread);
    // The rows are laid out in the microtask that the answer scheduled; only then is the place in the chat kept.
    await new Promise((resolve) => window.setTimeout(resolve));
    this.#reading = false;
  }

  #toBottom(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#pill.hidden = true;
  }
}

import { avatar } from "./avatar";
import { h, on, type Row, reconcile, setAttributes, setText } from "./dom";
import { icon } from "./icons";
import { wordsOf } from "./message-words";
import { openStory } from "./open-story";
import type { Overlay } from "./overlay";
import { openPictureSheet } from "./picture-sheet";
import type { Scene } from "./stage";
import type { Theatre } from "./theatre";
import { shortAgo } from "./times";
import type { Customer, Message, Story, Thread } from "./wire";

/** The first screen of the business's own phone: its stories and its chats. */
export class PhoneInbox {
  readonly element = h("div", { class: "inbox" });
  #scene: Scene | null = null;
  #title = h("h2", {});
  #stories = h("ul", { class: "story-row", "aria-label": "Stories" });
  #threads = h("ul", { class: "thread-list", "aria-label": "Chats" });
  #empty = h("p", { class: "empty" });

  constructor(
    private readonly theatre: Theatre,
    private readonly overlay: Overlay,
  ) {
    this.element.append(
      h("header", { class: "inbox-head" }, this.#title),
      h("div", { class: "inbox-scroll" }, this.#stories, h("h3", {}, "Messages"), this.#threads, this.#empty),
    );
  }

  update(scene: Scene): void {
    this.#scene = scene;
    const { world } = this.theatre;
    const now = world.now();
    setText(this.#title, scene.business.username);
    const mine = world.storiesAt(scene.business, now);
    const seen = world.customers.flatMap((customer) => {
      const [story] = world.storiesAt(customer, now).filter((one) => one.mentions.includes(scene.business.igId));
      return story && mayWatch(scene, customer) ? [{ customer, story }] : [];
    });
    reconcile(this.#stories, [
      this.#postRow(scene),
      ...mine.map((story) => this.#storyRow(scene, story)),
      ...seen.map(({ customer, story }) => this.#customerStoryRow(customer, story)),
    ]);
    const threads = world.threads().filter((thread) => thread.igId === scene.business.igId);
    reconcile(
      this.#threads,
      threads.flatMap((thread) => this.#threadRow(thread, now)),
    );
    this.#empty.hidden = threads.length > 0;
    setText(this.#empty, `Nobody has written to @${scene.business.username} yet. Be a customer and say hello.`);
  }

  #postRow(scene: Scene): Row {
    const { business } = scene;
    const make = () => {
      const face = h("span", { class: "story-add" }, avatar(business, { size: 58 }), h("i", {}, icon("plus", 15)));
      const button = h(
        "button",
        { type: "button", class: "story-item", "aria-label": "Post a story" },
        face,
        h("small", {}, "Post a story"),
      );
      return h("li", {}, on(button, { click: () => this.#post() }));
    };
    return { key: "post", version: JSON.stringify([business.username, business.picture]), make };
  }

  #storyRow(scene: Scene, story: Story): Row {
    const { business } = scene;
    const make = () => {
      const button = h(
        "button",
        { type: "button", class: "story-item", "aria-label": "Open your story" },
        h("span", { class: "story-face" }, h("img", { src: story.url, alt: "" })),
        h("small", {}, "Your story"),
      );
      return h("li", {}, on(button, { click: () => this.#open(story.id) }));
    };
    return { key: story.id, version: `${business.username} ${story.url}`, make };
  }

  #customerStoryRow(customer: Customer, story: Story): Row {
    const make = () => {
      const button = h(
        "button",
        { type: "button", class: "story-item", "aria-label": `Story of @${customer.username}` },
        avatar(customer, { size: 58, ring: true }),
        h("small", {}, customer.username),
      );
      return h("li", {}, on(button, { click: () => this.#open(story.id) }));
    };
    return { key: story.id, version: JSON.stringify([customer.username, customer.picture]), make };
  }

  #threadRow(thread: Thread, now: number): Row[] {
    const customer = this.theatre.world.customer(thread.customerId);
    if (!customer) return [];
    const newest = thread.messages.at(-1);
    const when = shortAgo(thread.updatedAt, now);
    const preview = newest ? previewOf(newest) : "";
    const unread = thread.unreadByBusiness;
    const make = () => {
      const button = h(
        "button",
        { type: "button", class: "thread-button" },
        avatar(customer, { size: 52 }),
        h(
          "span",
          { class: "thread-words" },
          h("strong", { dir: "auto" }, customer.name),
          h("span", { class: "thread-line" }, h("span", { dir: "auto" }, preview), h("time", {}, when)),
        ),
        h("span", { class: "thread-dot" }),
      );
      setAttributes(button, {
        "aria-label": `Open the chat with ${customer.name}`,
        "aria-description": unread > 0 ? `${unread} unread` : null,
        "data-unread": unread > 0,
      });
      const open = () => {
        const business = this.#scene?.business.username;
        if (business) this.theatre.stage.go({ role: "business", business, customer: customer.username });
      };
      return h("li", {}, on(button, { click: open }));
    };
    return [
      { key: thread.id, version: JSON.stringify([customer.name, customer.picture, when, preview, unread]), make },
    ];
  }

  #open(storyId: string): void {
    if (this.#scene) openStory(this.theatre, this.overlay, this.#scene, storyId);
  }

  #post(): void {
    const scene = this.#scene;
    if (!scene) return;
    openPictureSheet(this.overlay, {
      title: "Post a story",
      samples: this.theatre.world.samples,
      several: false,
      upright: true,
      choose: ([picture]) => picture && void this.theatre.actions.postStory(scene, picture),
    });
  }
}

function mayWatch(scene: Scene, customer: Customer): boolean {
  return !customer.private || scene.business.follows.includes(customer.id);
}

function previewOf(message: Message): string {
  const mention = message.story?.relation === "mention" && message.from === "customer";
  const words = mention ? "Mentioned you in their story" : wordsOf(message);
  return message.from === "business" ? `You: ${words}` : words;
}

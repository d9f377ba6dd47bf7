import { avatar } from "./avatar";
import { ChatLog } from "./chat-log";
import { chatNotice } from "./chat-notice";
import { Composer } from "./composer";
import { fill, h, on, reconcile, setAttributes, setText } from "./dom";
import { icon } from "./icons";
import { type Act, moreMenu } from "./more-menu";
import { openStory } from "./open-story";
import type { Overlay } from "./overlay";
import { openPictureSheet } from "./picture-sheet";
import { QuickReplyBar } from "./quick-reply-bar";
import { mentionNote } from "./sentences";
import type { Theatre } from "./theatre";
import { type ChatScene, other } from "./viewpoint";
import type { Side } from "./wire";

const OPENERS = ["Hi! Do you ship to Porto?", "Is this one still available?", "Are you open on Saturday?"];

/** The screen of one chat, on a customer's phone or on the business's own. */
export class Chat {
  readonly element = h("div", { class: "chat" });
  #scene: ChatScene | null = null;
  #log: ChatLog;
  #composer: Composer;
  #head = h("header", { class: "chat-head" });
  #notice = h("div", { class: "chat-notices" });
  #openers = h("div", { class: "openers" });
  #chips = h("div", { class: "chips" });
  #reply = chip("reply", "Reply to a story", () => this.#replyToStory());
  #mention = chip("at", "Mention in story", () => this.#mentionInStory());
  #more = moreMenu("customer", (act) => this.#act(act));
  #businessMore = moreMenu("business", (act) => this.#act(act));
  #quickReplies: QuickReplyBar;
  #follow = chip("plus", "Follow", () => this.#toggleFollow());
  #seen = chip("eye", "Mark as seen", () => this.#markSeen());

  constructor(
    private readonly theatre: Theatre,
    private readonly overlay: Overlay,
  ) {
    this.#composer = new Composer(theatre, () => this.#sendPhoto());
    this.#quickReplies = new QuickReplyBar(theatre);
    this.#log = new ChatLog(theatre, {
      openStory: (scene, story) => openStory(theatre, overlay, scene, story.id),
      reply: (message) => this.#composer.aimAt({ kind: "reply", message }),
      edit: (message) => this.#composer.aimAt({ kind: "edit", message }),
      unsent: () => this.#composer.focus(),
    });
    for (const text of OPENERS) {
      const button = h("button", { type: "button", class: "opener" }, text);
      this.#openers.append(
        on(button, { click: () => this.#scene && void theatre.actions.sendText(this.#scene, text) }),
      );
    }
    this.#chips.append(this.#seen, this.#reply, this.#mention, this.#follow, this.#more, this.#businessMore);
    this.element.append(
      this.#head,
      this.#notice,
      this.#log.element,
      this.#openers,
      this.#quickReplies.element,
      this.#chips,
      this.#composer.element,
    );
  }

  update(scene: ChatScene): void {
    this.#scene = scene;
    const isCustomer = scene.role === "customer";
    this.#renderHead(scene);
    reconcile(this.#notice, chatNotice(this.theatre, scene));
    this.#log.update(scene);
    this.#composer.update(scene);
    this.#openers.hidden = !isCustomer || (scene.thread?.messages.length ?? 0) > 0;
    this.#quickReplies.update(scene);
    this.#more.hidden = !isCustomer;
    this.#businessMore.hidden = isCustomer;
    this.#follow.hidden = isCustomer;
    const follows = scene.business.follows.includes(scene.customer.id);
    setText(this.#follow.lastElementChild ?? this.#follow, follows ? "Unfollow" : "Follow");
    this.#follow.classList.toggle("on", follows);
    const unread = isCustomer ? scene.thread?.unreadByCustomer : scene.thread?.unreadByBusiness;
    this.#seen.hidden = this.theatre.stage.readsAutomatically || !unread;
    // four chips in a row: there is room for the words of two
    const narrow = !isCustomer || !this.#seen.hidden;
    for (const one of [this.#reply, this.#mention]) {
      one.classList.toggle("icon-only", narrow);
      one.title = narrow ? (one.textContent ?? "") : "";
    }
  }

  focusComposer(): void {
    this.#composer.focus();
  }

  #renderHead(scene: ChatScene): void {
    const { world, stage } = this.theatre;
    const partner = other(scene);
    const story = world.storiesAt(partner, world.now())[0];
    const version = JSON.stringify([scene.role, partner.username, partner.name, partner.picture, story?.id]);
    if (this.#head.dataset.version === version) return;
    this.#head.dataset.version = version;
    const back = h(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Back to the chats" },
      icon("arrowLeft", 22),
    );
    on(back, { click: () => stage.go({ role: "business", business: scene.business.username, customer: null }) });
    const face = h(
      "button",
      { type: "button", class: "face" },
      avatar(partner, { size: 36, ring: story !== undefined }),
    );
    setAttributes(face, { "aria-label": `Story of @${partner.username}`, disabled: story === undefined });
    on(face, { click: () => story && this.#scene && openStory(this.theatre, this.overlay, this.#scene, story.id) });
    fill(
      this.#head,
      scene.role === "business" && back,
      face,
      h(
        "span",
        { class: "chat-who" },
        h("strong", { dir: "auto" }, partner.name),
        h("small", {}, `@${partner.username}`),
      ),
    );
  }

  #act(act: Act): void {
    const scene = this.#scene;
    if (!scene) return;
    const { actions } = this.theatre;
    if ("kind" in act) void actions.sendOther(scene, act.kind);
    else if ("text" in act) void actions.sendText(scene, act.text);
    else if ("sample" in act) void actions.sendSample(scene, act.sample);
    else void actions.pressTestButton();
  }

  #sendPhoto(): void {
    const scene = this.#scene;
    if (!scene) return;
    openPictureSheet(this.overlay, {
      title: "Send a photo",
      samples: this.theatre.world.samples,
      several: true,
      upright: false,
      anyFile: true,
      choose: (pictures) => void this.#composer.send(scene, pictures),
    });
  }

  #replyToStory(): void {
    const scene = this.#scene;
    if (!scene) return;
    const { world, stage, actions } = this.theatre;
    const owner = other(scene);
    const story = world.storiesAt(owner, world.now() - stage.ago)[0];
    if (story) {
      openStory(this.theatre, this.overlay, scene, story.id);
      return;
    }
    const post = h("button", { type: "button", class: "button" }, `Post one as @${owner.username}`);
    const picture = world.samples[0];
    on(post, {
      click: () => {
        this.overlay.close();
        if (picture)
          void actions
            .postStory(scene, { sample: picture.id }, otherSide(scene))
            .then((done) => done && this.#replyToStory());
      },
    });
    const words = stage.ago === 0 ? "has no story up right now." : "had no story up at that time.";
    this.overlay.show("No story", "sheet", [h("p", { class: "sheet-note" }, `@${owner.username} ${words}`), post]);
  }

  #mentionInStory(): void {
    const scene = this.#scene;
    if (!scene) return;
    openPictureSheet(this.overlay, {
      title: `Your story, mentioning @${other(scene).username}`,
      note: scene.role === "customer" ? mentionNote(scene) : undefined,
      samples: this.theatre.world.samples,
      several: false,
      upright: true,
      choose: ([picture]) => picture && void this.theatre.actions.mentionInStory(scene, picture),
    });
  }

  #toggleFollow(): void {
    const scene = this.#scene;
    if (scene) void this.theatre.actions.follow(scene, !scene.business.follows.includes(scene.customer.id));
  }

  #markSeen(): void {
    const scene = this.#scene;
    if (!scene?.thread) return;
    this.#composer.focus();
    void this.theatre.actions.markSeen(scene.thread, scene.role);
  }
}

function otherSide(scene: ChatScene): Side {
  return scene.role === "customer" ? "business" : "customer";
}

function chip(sign: Parameters<typeof icon>[0], name: string, press: () => void): HTMLButtonElement {
  return on(h("button", { type: "button", class: "chip" }, icon(sign, 17), h("span", {}, name)), {
    click: press,
  });
}

import { AS_OF } from "./as-of";
import { ClockPanel } from "./clock-panel";
import { h, on, setText } from "./dom";
import { icon } from "./icons";
import { LiveStories } from "./live-stories";
import type { Overlay } from "./overlay";
import { RecordsPanel } from "./records-panel";
import type { Scene } from "./stage";
import { makeSwitch } from "./switch";
import type { Theatre } from "./theatre";
import { hasChat } from "./viewpoint";
import { WindowMeter } from "./window-meter";

/** Behind the scenes: time, the account settings of both people, stories, and what passed over the wire. */
export class Controls {
  readonly element: HTMLElement;
  #scene: Scene | null = null;
  #asOf = h("select", { class: "field", id: "as-of" });
  #reads = makeSwitch((on) => this.theatre.stage.setReadsAutomatically(on));
  #meter = new WindowMeter();
  #private = makeSwitch((on) => this.#changeCustomer({ private: on }));
  #noProfile = makeSwitch((on) => this.#changeCustomer({ consentError: on }));
  #allow = makeSwitch((on) => this.#scene && void this.theatre.actions.allowMessages(this.#scene, on));
  #followWords = h("span", {});
  #followButton = h("button", { type: "button", class: "quiet-button" });
  #followRow = h("div", { class: "follow-row" }, this.#followWords, this.#followButton);
  #customerTitle = h("h2", { dir: "auto" });
  #customerSection: HTMLElement;
  #businessTitle = h("h2", {});
  #stories: LiveStories;
  #clock: ClockPanel;
  #records: RecordsPanel;
  #replydesk = h("a", { class: "stage-link", target: "_blank" }, "Replydesk", icon("external", 15));

  constructor(
    private readonly theatre: Theatre,
    overlay: Overlay,
  ) {
    for (const { label, ago } of AS_OF) this.#asOf.append(h("option", { value: ago }, label));
    on(this.#asOf, { change: () => theatre.stage.setAgo(Number(this.#asOf.value)) });
    on(this.#followButton, { click: () => this.#toggleFollow() });
    this.#stories = new LiveStories(theatre, overlay);
    this.#clock = new ClockPanel(theatre);
    this.#records = new RecordsPanel(theatre);
    this.#customerSection = h(
      "section",
      {},
      this.#customerTitle,
      this.#followRow,
      this.#private.element,
      this.#noProfile.element,
    );
    const close = h(
      "button",
      { type: "button", class: "icon-button stage-close", "aria-label": "Close the stage" },
      icon("close", 18),
    );
    on(close, { click: () => theatre.stage.setView("phone") });
    this.element = h(
      "aside",
      { class: "stage", "aria-label": "Stage" },
      close,
      h(
        "section",
        {},
        h("label", { for: "as-of", class: "section-label" }, "As of"),
        this.#asOf,
        h("p", { class: "hint" }, "When the next thing you do has happened. Afterwards it is now again."),
        this.#reads.element,
      ),
      this.#meter.element,
      this.#customerSection,
      this.#stories.element,
      this.#records.element,
      h("section", {}, this.#businessTitle, this.#allow.element),
      this.#clock.element,
      h(
        "section",
        { class: "stage-links" },
        this.#replydesk,
        h(
          "a",
          { class: "stage-link", href: "/facebook/business-integrations", target: "_blank" },
          "Business Integrations",
          icon("external", 15),
        ),
        h(
          "a",
          { class: "stage-link", href: "/facebook/developers", target: "_blank" },
          "App dashboard",
          icon("external", 15),
        ),
      ),
    );
  }

  update(scene: Scene): void {
    this.#scene = scene;
    const { world, stage } = this.theatre;
    const { business, customer } = scene;
    this.#asOf.value = String(stage.ago);
    this.#reads.set({
      on: stage.readsAutomatically,
      label: "Reads automatically",
      hint: "An open chat is seen at once.",
    });
    this.#meter.element.hidden = !hasChat(scene);
    this.#customerSection.hidden = !hasChat(scene);
    if (hasChat(scene)) this.#meter.update(scene, world.now());
    if (customer) {
      setText(this.#customerTitle, customer.name);
      this.#private.set({ on: customer.private, label: "Private account" });
      this.#noProfile.set({
        on: customer.consentError,
        label: "Profile not shared",
        hint: "Instagram refuses the business name and picture.",
      });
      const follows = business.follows.includes(customer.id);
      setText(
        this.#followWords,
        follows ? `Followed by @${business.username}` : `Not followed by @${business.username}`,
      );
      setText(this.#followButton, follows ? "Unfollow" : "Follow");
      this.#followButton.hidden = scene.role === "business";
    }
    setText(this.#businessTitle, `@${business.username}`);
    this.#allow.set({
      on: business.allowMessages,
      label: "Allow access to messages",
      hint: "Instagram’s own setting; off, apps hear nothing.",
    });
    this.#stories.update(scene);
    this.#clock.update();
    this.#replydesk.hidden = world.appUrl === null;
    if (world.appUrl) this.#replydesk.href = world.appUrl;
    this.updateRecords();
  }

  updateRecords(): void {
    this.#records.update();
  }

  #changeCustomer(change: { private?: boolean; consentError?: boolean }): void {
    const id = this.#scene?.customer?.id;
    if (id) void this.theatre.actions.changeCustomer(id, change);
  }

  #toggleFollow(): void {
    const scene = this.#scene;
    if (scene?.customer) void this.theatre.actions.follow(scene, !scene.business.follows.includes(scene.customer.id));
  }
}

import { avatar } from "./avatar";
import { fill, h, on, type Row, reconcile, setText } from "./dom";
import { icon } from "./icons";
import { popover } from "./popover";
import { businessesInOrder, type Scene } from "./stage";
import type { Theatre } from "./theatre";
import type { Business } from "./wire";

/** Which business the customers write to: a button with the choice, and a searchable list behind it, connected ones first. */
export class BusinessPicker {
  readonly element: HTMLElement;
  #scene: Scene | null = null;
  #trigger = h("button", { type: "button", class: "picker-trigger", "aria-haspopup": "dialog" });
  #search = h("input", {
    type: "search",
    class: "field",
    placeholder: "Search businesses",
    "aria-label": "Search businesses",
    autocomplete: "off",
  });
  #options = h("ul", { class: "picker-options", "aria-label": "Businesses" });
  #empty = h("p", { class: "hint", hidden: true }, "No business of that name.");
  #close: () => void;

  constructor(private readonly theatre: Theatre) {
    const panel = h(
      "div",
      { class: "picker-panel", role: "dialog", "aria-label": "Choose a business" },
      this.#search,
      this.#options,
      this.#empty,
    );
    this.element = h("div", { class: "picker" }, this.#trigger, panel);
    this.#close = popover(this.#trigger, panel, () => {
      this.#search.value = "";
      this.#list();
      this.#options.scrollTop = 0;
    });
    on(this.#search, {
      input: () => this.#list(),
      keydown: (event) => {
        if (event.key !== "Enter") return;
        // The choice moves the focus into the composer, where the key's default would then break the line.
        event.preventDefault();
        this.#options.querySelector("button")?.click();
      },
    });
  }

  update(scene: Scene): void {
    this.#scene = scene;
    const { business } = scene;
    fill(this.#trigger, avatar(business, { size: 30 }), words(business), icon("chevron", 18));
    this.#trigger.setAttribute("aria-label", `Business they write to: @${business.username}`);
    this.#list();
  }

  #list(): void {
    const wanted = this.#search.value.trim().toLowerCase().replace(/^@/, "");
    const shown = businessesInOrder(this.theatre.world).filter((business) =>
      `${business.username} ${business.name}`.toLowerCase().includes(wanted),
    );
    reconcile(
      this.#options,
      shown.map((business) => this.#option(business)),
    );
    this.#empty.hidden = shown.length > 0;
  }

  #option(business: Business): Row {
    const chosen = business.igId === this.#scene?.business.igId;
    return {
      key: business.igId,
      version: JSON.stringify([business.username, business.name, business.connected, business.picture, chosen]),
      make: () => {
        const button = h(
          "button",
          { type: "button", class: "picker-option", "aria-current": chosen ? "true" : null },
          avatar(business, { size: 30 }),
          words(business),
          chosen && icon("check", 18),
        );
        return h("li", {}, on(button, { click: () => this.#choose(business) }));
      },
    };
  }

  #choose(business: Business): void {
    this.#close();
    const customer = this.#scene?.customer?.username;
    this.theatre.stage.go({
      role: "customer",
      customer: customer ?? this.theatre.world.customers[0]?.username ?? null,
      business: business.username,
    });
  }
}

function words(business: Business): HTMLElement {
  const state = h("small", {});
  setText(state, business.connected ? "Connected" : "Not connected");
  state.className = business.connected ? "state-ok" : "state-off";
  return h("span", { class: "picker-words" }, h("strong", {}, `@${business.username}`), state);
}

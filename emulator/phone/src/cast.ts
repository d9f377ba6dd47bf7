import { avatar } from "./avatar";
import { BusinessPicker } from "./business-picker";
import { h, on, type Row, reconcile } from "./dom";
import { icon } from "./icons";
import { NewCustomer } from "./new-customer";
import { businessesInOrder, type Scene } from "./stage";
import type { Theatre } from "./theatre";
import type { Business, Customer } from "./wire";

const SEARCH_FROM = 12;
const MOST_SHOWN = 60;

/** The people one can be: customers, and the phone of each connected business. */
export class Cast {
  readonly element: HTMLElement;
  #picker: BusinessPicker;
  #newCustomer: NewCustomer;
  #scene: Scene | null = null;
  #search = h("input", {
    type: "search",
    class: "field",
    placeholder: "Search customers",
    "aria-label": "Search customers",
    hidden: true,
  });
  #customers = h("ul", { class: "cast-list", "aria-label": "Customers" });
  #more = h("p", { class: "hint", hidden: true });
  #phones = h("ul", { class: "cast-list", "aria-label": "Business phones" });

  constructor(private readonly theatre: Theatre) {
    this.#picker = new BusinessPicker(theatre);
    this.#newCustomer = new NewCustomer(theatre);
    const add = h("button", { type: "button", class: "quiet-button" }, icon("plus", 16), "New customer");
    on(add, { click: () => this.#newCustomer.open() });
    on(this.#search, { input: () => this.#list() });
    this.element = h(
      "nav",
      { class: "cast", "aria-label": "Cast" },
      h(
        "header",
        { class: "cast-head" },
        h("h1", {}, "Who are you?"),
        h("p", {}, "Play the people on Instagram. Replydesk answers."),
      ),
      h("section", { class: "cast-section" }, h("h2", {}, "Writing to"), this.#picker.element),
      h(
        "section",
        { class: "cast-section cast-customers" },
        h("div", { class: "cast-title" }, h("h2", {}, "Customers"), add),
        this.#search,
        this.#customers,
        this.#more,
      ),
      h("section", { class: "cast-section cast-phones" }, h("h2", {}, "The business’s own phone"), this.#phones),
      this.#newCustomer.element,
    );
  }

  update(scene: Scene): void {
    this.#scene = scene;
    this.#picker.update(scene);
    this.#list();
    const phones = businessesInOrder(this.theatre.world).filter(
      (business) => business.connected || business.igId === scene.business.igId,
    );
    reconcile(
      this.#phones,
      phones.map((business) => this.#phoneRow(business)),
    );
  }

  #list(): void {
    const { customers } = this.theatre.world;
    this.#search.hidden = customers.length <= SEARCH_FROM;
    const wanted = this.#search.value.trim().toLowerCase().replace(/^@/, "");
    const found = customers.filter((one) => `${one.username} ${one.name}`.toLowerCase().includes(wanted));
    const played = this.#scene?.customer;
    const shown = found.filter((one, index) => index < MOST_SHOWN || one.id === played?.id);
    reconcile(
      this.#customers,
      shown.map((customer) => this.#customerRow(customer)),
    );
    this.#more.hidden = shown.length === found.length && found.length > 0;
    this.#more.textContent =
      found.length === 0 ? "Nobody of that name." : `Search to find ${found.length - shown.length} more.`;
  }

  #customerRow(customer: Customer): Row {
    const { stage, world } = this.theatre;
    const played = this.#scene?.role === "customer" && this.#scene.customer?.id === customer.id;
    const hasStory = world.storiesAt(customer, world.now()).length > 0;
    const unread = this.#unread(customer);
    return {
      key: customer.id,
      version: JSON.stringify([customer, played, hasStory, unread]),
      make: () => {
        const about = [
          `@${customer.username}`,
          customer.private && "private account",
          unread > 0 && `${unread} unread`,
        ].filter((part) => part !== false);
        const button = h(
          "button",
          {
            type: "button",
            class: "cast-button",
            "aria-label": `Play ${customer.name}`,
            "aria-description": about.join(", "),
            "aria-current": played ? "true" : null,
          },
          avatar(customer, { size: 40, ring: hasStory }),
          h(
            "span",
            { class: "cast-words" },
            h("strong", {}, customer.name),
            h(
              "small",
              {},
              `@${customer.username}`,
              customer.private && h("span", { class: "badge" }, icon("lock", 12), "Private"),
            ),
          ),
          unread > 0 && h("span", { class: "count" }, String(unread)),
        );
        const play = () =>
          stage.go({ role: "customer", customer: customer.username, business: this.#chosenBusiness() });
        return h("li", {}, on(button, { click: play }));
      },
    };
  }

  #phoneRow(business: Business): Row {
    const { stage, world } = this.theatre;
    const played = this.#scene?.role === "business" && this.#scene.business.igId === business.igId;
    const hasStory = world.storiesAt(business, world.now()).length > 0;
    const unread = world
      .threads()
      .filter((thread) => thread.igId === business.igId && thread.unreadByBusiness > 0).length;
    return {
      key: business.igId,
      version: JSON.stringify([business, played, hasStory, unread]),
      make: () => {
        const button = h(
          "button",
          {
            type: "button",
            class: "cast-button cast-business",
            "aria-label": `Play the phone of @${business.username}`,
            "aria-description": business.connected ? "connected" : "not connected",
            "aria-current": played ? "true" : null,
          },
          avatar(business, { size: 40, ring: hasStory }),
          h(
            "span",
            { class: "cast-words" },
            h("strong", {}, business.name),
            h("small", {}, business.connected ? `@${business.username}` : "Not connected yet"),
          ),
          icon("phone", 18),
        );
        const play = () => stage.go({ role: "business", business: business.username, customer: null });
        return h("li", {}, on(button, { click: play }));
      },
    };
  }

  #unread(customer: Customer): number {
    let unread = 0;
    for (const thread of this.theatre.world.threads()) {
      if (thread.customerId === customer.id) unread += thread.unreadByCustomer;
    }
    return unread;
  }

  /** Keeps an expressed choice of business; without one the page goes on choosing the fitting one itself. */
  #chosenBusiness(): string | null {
    return this.theatre.stage.place.business;
  }
}

import { h, on } from "./dom";
import { icon } from "./icons";
import type { Theatre } from "./theatre";

/** The dialog that invents a customer, who is then played at once. */
export class NewCustomer {
  readonly element: HTMLDialogElement;
  #name = h("input", {
    class: "field",
    id: "new-name",
    required: true,
    maxlength: 60,
    autocomplete: "off",
    placeholder: "Ines Duarte",
  });
  #username = h("input", {
    class: "field",
    id: "new-username",
    maxlength: 30,
    autocomplete: "off",
    autocapitalize: "none",
    placeholder: "made from the name",
  });
  #private = checkbox();
  #picture = checkbox();
  #noProfile = checkbox();
  #create = h("button", { type: "submit", class: "button" }, "Create and play");

  constructor(private readonly theatre: Theatre) {
    const form = h(
      "form",
      { class: "dialog-form" },
      h("h2", {}, "New customer"),
      labelled("Name", this.#name),
      labelled("Username", this.#username),
      ticked(this.#picture, "Has a profile picture"),
      ticked(this.#private, "Private account", "A story mention reaches the business only if it follows this account."),
      ticked(this.#noProfile, "Profile not shared", "Instagram refuses the business this person’s name and picture."),
      h(
        "div",
        { class: "dialog-actions" },
        on(h("button", { type: "button", class: "quiet-button" }, "Cancel"), { click: () => this.element.close() }),
        this.#create,
      ),
    );
    on(form, {
      submit: (event) => {
        event.preventDefault();
        void this.#submit();
      },
    });
    const close = h(
      "button",
      { type: "button", class: "icon-button dialog-close", "aria-label": "Close" },
      icon("close", 18),
    );
    this.element = h(
      "dialog",
      { class: "dialog", "aria-label": "New customer" },
      form,
      on(close, { click: () => this.element.close() }),
    );
  }

  open(): void {
    this.element.querySelector("form")?.reset();
    this.#picture.checked = true;
    this.element.showModal();
    this.#name.focus();
  }

  async #submit(): Promise<void> {
    this.#create.disabled = true;
    const username = await this.theatre.actions.createCustomer({
      name: this.#name.value.trim(),
      username: this.#username.value.trim().replace(/^@/, "") || undefined,
      private: this.#private.checked,
      picture: this.#picture.checked,
      consentError: this.#noProfile.checked,
    });
    this.#create.disabled = false;
    if (username === null) return;
    this.element.close();
    this.theatre.stage.go({ role: "customer", customer: username, business: this.theatre.stage.place.business });
  }
}

function checkbox(): HTMLInputElement {
  return h("input", { type: "checkbox" });
}

function labelled(text: string, input: HTMLInputElement): HTMLElement {
  return h("label", { class: "dialog-label" }, h("span", {}, text), input);
}

function ticked(input: HTMLInputElement, text: string, hint?: string): HTMLElement {
  return h("label", { class: "dialog-tick" }, input, h("span", {}, text, hint && h("small", {}, hint)));
}

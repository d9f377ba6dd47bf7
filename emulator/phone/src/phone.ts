import { Chat } from "./chat";
import { h, on, setText } from "./dom";
import { Overlay } from "./overlay";
import { PhoneInbox } from "./phone-inbox";
import type { Scene } from "./stage";
import type { Theatre } from "./theatre";
import { clockTime } from "./times";
import { hasChat, sceneKey } from "./viewpoint";

/** The telephone itself: a frame, a status line, and the screen of whoever is played. */
export class Phone {
  readonly element: HTMLElement;
  readonly overlay: Overlay;
  #key = "";
  #caption = h("p", { class: "caption" });
  #time = h("span", {});
  #offline = h("p", { class: "offline", role: "status", hidden: true }, "Reconnecting to the emulator…");
  #screen = h("div", { class: "screen-content" });
  #chat: Chat;
  #inbox: PhoneInbox;

  constructor(private readonly theatre: Theatre) {
    this.overlay = new Overlay(this.#screen);
    this.#chat = new Chat(theatre, this.overlay);
    this.#inbox = new PhoneInbox(theatre, this.overlay);
    const status = h(
      "div",
      { class: "status-line", "aria-hidden": "true" },
      this.#time,
      h("span", { class: "status-signs" }, h("i"), h("i"), h("b")),
    );
    const screen = h(
      "div",
      { class: "screen" },
      status,
      this.#offline,
      this.#screen,
      this.overlay.element,
      theatre.notices.element,
    );
    this.element = h(
      "main",
      { class: "phone-room", "aria-label": "Phone" },
      this.#caption,
      h("div", { class: "phone" }, screen),
    );
    on(screen, {
      dragover: (event) => {
        if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
      },
      drop: (event) => this.#dropped(event),
    });
  }

  update(scene: Scene): void {
    const { world, stage } = this.theatre;
    setText(this.#time, clockTime(world.now()));
    this.#offline.hidden = world.online;
    this.element.dataset.role = scene.role;
    setText(this.#caption, captionOf(scene));
    const shown = hasChat(scene) ? this.#chat : this.#inbox;
    if (this.#screen.firstElementChild !== shown.element) this.#screen.replaceChildren(shown.element);
    if (hasChat(scene)) this.#chat.update(scene);
    else this.#inbox.update(scene);
    if (sceneKey(scene) === this.#key) return;
    const isFirst = this.#key === "";
    this.#key = sceneKey(scene);
    this.overlay.close();
    document.title = `${captionOf(scene)} · Phone`;
    // On a touch screen the focus would raise the keyboard over the chat one has just opened.
    if (hasChat(scene) && stage.view === "phone" && !isFirst && matchMedia("(hover: hover)").matches)
      this.#chat.focusComposer();
  }

  #dropped(event: DragEvent): void {
    const scene = this.theatre.stage.scene(this.theatre.world);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    if (scene && hasChat(scene))
      void this.theatre.actions.sendPictures(
        scene,
        files.map((file) => ({ file })),
      );
  }
}

function captionOf(scene: Scene): string {
  if (scene.role === "customer")
    return `You are ${scene.customer?.name ?? "a customer"}, writing to @${scene.business.username}`;
  return `You hold the phone of @${scene.business.username}`;
}

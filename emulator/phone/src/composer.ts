import { asOfLabel } from "./as-of";
import { h, on, setText } from "./dom";
import { icon } from "./icons";
import type { Theatre } from "./theatre";
import { type ChatScene, other, sceneKey } from "./viewpoint";
import type { Message } from "./wire";

/** Set while what is written answers or changes one message. */
type Aim = { kind: "reply" | "edit"; message: Message } | null;

/** Where one writes: Enter sends, Shift+Enter breaks the line, pictures may be pasted. Each chat keeps its own draft. */
export class Composer {
  readonly element: HTMLElement;
  #scene: ChatScene | null = null;
  #aim: Aim = null;
  #drafts = new Map<string, string>();
  #box = h("textarea", {
    class: "composer-box",
    rows: 1,
    "aria-label": "Message",
    placeholder: "Message…",
    enterkeyhint: "send",
  });
  #send = h(
    "button",
    { type: "button", class: "composer-send", "aria-label": "Send", title: "Send (Enter)" },
    icon("arrowUp", 20),
  );
  #photo = h(
    "button",
    { type: "button", class: "composer-photo", "aria-label": "Send a photo", title: "Send a photo" },
    icon("camera", 20),
  );
  #aimWords = h("span", {});
  #aimBar: HTMLElement;
  #whenWords = h("span", {});
  #whenBar: HTMLElement;

  constructor(
    private readonly theatre: Theatre,
    openPhotos: () => void,
  ) {
    const noAim = h(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Not that message" },
      icon("close", 15),
    );
    const now = h("button", { type: "button", class: "link" }, "Back to now");
    this.#aimBar = h(
      "div",
      { class: "composer-bar", hidden: true },
      this.#aimWords,
      on(noAim, { click: () => this.aimAt(null) }),
    );
    this.#whenBar = h(
      "div",
      { class: "composer-bar composer-when", hidden: true },
      icon("clock", 15),
      this.#whenWords,
      on(now, { click: () => theatre.stage.setAgo(0) }),
    );
    on(this.#photo, { click: openPhotos });
    // A press on Send must not take the keyboard of a phone away.
    on(this.#send, { pointerdown: (event) => event.preventDefault(), click: () => void this.#submit() });
    on(this.#box, {
      input: () => this.#grow(),
      keydown: (event) => this.#key(event),
      paste: (event) => this.#pasted(event),
    });
    this.element = h(
      "div",
      { class: "composer" },
      this.#whenBar,
      this.#aimBar,
      h("div", { class: "composer-row" }, this.#photo, this.#box, this.#send),
    );
  }

  update(scene: ChatScene): void {
    if (this.#scene === null || sceneKey(scene) !== sceneKey(this.#scene)) {
      if (this.#scene) this.#drafts.set(sceneKey(this.#scene), this.#aim?.kind === "edit" ? "" : this.#box.value);
      this.#aim = null;
      this.#box.value = this.#drafts.get(sceneKey(scene)) ?? "";
      this.#scene = scene;
      this.#grow();
    }
    this.#scene = scene;
    const { ago } = this.theatre.stage;
    this.#whenBar.hidden = ago === 0;
    setText(this.#whenWords, `The next thing happens as of ${asOfLabel(ago)}.`);
    this.#renderAim(scene);
  }

  focus(): void {
    this.#box.focus({ preventScroll: true });
  }

  aimAt(aim: Aim): void {
    if (this.#aim?.kind === "edit") this.#box.value = "";
    this.#aim = aim;
    if (aim?.kind === "edit") this.#box.value = aim.message.text ?? "";
    if (this.#scene) this.#renderAim(this.#scene);
    this.#grow();
    this.focus();
  }

  #renderAim(scene: ChatScene): void {
    this.#aimBar.hidden = this.#aim === null;
    if (!this.#aim) return;
    const words = this.#aim.message.text ?? "attachment";
    const whose = this.#aim.message.from === scene.role ? "yourself" : other(scene).username;
    setText(this.#aimWords, this.#aim.kind === "edit" ? "Editing your message" : `Replying to ${whose}: ${words}`);
  }

  #key(event: KeyboardEvent): void {
    // 229: Safari reports the Enter that ends an input method's composition as a key of its own.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && this.#aim) {
      event.stopPropagation();
      this.aimAt(null);
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    void this.#submit();
  }

  #pasted(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (files.length === 0 || !this.#scene) return;
    event.preventDefault();
    void this.theatre.actions.sendPictures(
      this.#scene,
      files.map((file) => ({ file })),
    );
  }

  async #submit(): Promise<void> {
    const scene = this.#scene;
    const text = this.#box.value.trim();
    if (!scene || text === "") return;
    const aim = this.#aim;
    this.#aim = null;
    this.#box.value = "";
    this.#renderAim(scene);
    this.#grow();
    const { actions } = this.theatre;
    const done =
      aim?.kind === "edit"
        ? await actions.edit(aim.message, text)
        : await actions.sendText(scene, text, aim?.message.mid);
    if (done) return;
    // What was written is never lost: it returns to the box, or waits as the draft of the chat it belongs to.
    const here = this.#scene !== null && sceneKey(this.#scene) === sceneKey(scene);
    if (here && this.#box.value === "") this.#box.value = text;
    else if (!here) this.#drafts.set(sceneKey(scene), text);
    this.#grow();
  }

  #grow(): void {
    this.#send.setAttribute("aria-disabled", String(this.#box.value.trim() === ""));
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}

import type { Picture } from "./actions";
import { asOfLabel } from "./as-of";
import { h, on, setText } from "./dom";
import { icon } from "./icons";
import { wordsOf } from "./message-words";
import { RecordingBar } from "./recording-bar";
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
  #voice = h(
    "button",
    { type: "button", class: "composer-side", "aria-label": "Record a voice note", title: "Record a voice note" },
    icon("mic", 21),
  );
  #heart = h(
    "button",
    { type: "button", class: "composer-side", "aria-label": "Send a heart", title: "Send a heart" },
    icon("heart", 21),
  );
  #recording: RecordingBar;
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
    this.#recording = new RecordingBar(
      theatre.notices,
      (note) => this.#scene && void this.send(this.#scene, [{ file: note }]),
    );
    on(this.#voice, { click: () => void this.#recording.start() });
    on(this.#heart, { click: () => this.#scene && void theatre.actions.sendOther(this.#scene, "like_heart") });
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
      this.#recording.element,
      h("div", { class: "composer-row" }, this.#photo, this.#box, this.#voice, this.#heart, this.#send),
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
    const words = wordsOf(this.#aim.message);
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
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || !this.#scene) return;
    event.preventDefault();
    void this.send(
      this.#scene,
      files.map((file) => ({ file })),
    );
  }

  /** Sends pictures or files, as the answer to what is aimed at. */
  async send(scene: ChatScene, pictures: Picture[]): Promise<void> {
    const aim = this.#aim?.kind === "reply" ? this.#aim : null;
    const done = await this.theatre.actions.sendPictures(scene, pictures, aim?.message.mid);
    if (done && aim && this.#aim === aim) this.aimAt(null);
  }

  async #submit(): Promise<void> {
    const scene = this.#scene;
    const text = this.#box.value.trim();
    if (!scene || text === "") return;
    const aim = this.#aim;
    this.#aim = null;
    // the button is about to go; the keyboard stays where one writes
    if (document.activeElement === this.#send) this.focus();
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
    const empty = this.#box.value.trim() === "";
    this.#send.hidden = empty;
    this.#voice.hidden = !empty;
    this.#heart.hidden = !empty;
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}

import { h, on, type Row, reconcile } from "./dom";
import type { Overlay } from "./overlay";
import { openPictureSheet } from "./picture-sheet";
import type { Scene } from "./stage";
import type { Theatre } from "./theatre";
import { duration } from "./times";
import type { Business, Customer, Story } from "./wire";

/** The stories of this scene that can still be seen, each with a button that ends its life. */
export class LiveStories {
  readonly element: HTMLElement;
  #scene: Scene | null = null;
  #list = h("ul", { class: "live-stories", "aria-label": "Live stories" });
  #none = h("p", { class: "hint" }, "No story is up.");
  #post = h("button", { type: "button", class: "quiet-button" });

  constructor(
    private readonly theatre: Theatre,
    private readonly overlay: Overlay,
  ) {
    on(this.#post, { click: () => this.#choosePicture() });
    this.element = h("section", {}, h("h2", {}, "Live stories"), this.#none, this.#list, this.#post);
  }

  update(scene: Scene): void {
    this.#scene = scene;
    const { world } = this.theatre;
    const now = world.now();
    const owners: (Business | Customer)[] = scene.customer ? [scene.business, scene.customer] : [scene.business];
    const rows = owners.flatMap((owner) => world.storiesAt(owner, now).map((story) => this.#row(owner, story, now)));
    reconcile(this.#list, rows);
    this.#none.hidden = rows.length > 0;
    this.#post.hidden = scene.role === "business";
    this.#post.textContent = `Post a story as @${scene.business.username}`;
  }

  #row(owner: Business | Customer, story: Story, now: number): Row {
    const left = `${duration(story.endsAt - now)} left`;
    const make = () => {
      const end = h("button", { type: "button", class: "quiet-button" }, "End story");
      on(end, { click: () => void this.theatre.actions.endStory(story.id) });
      return h(
        "li",
        {},
        h("img", { src: story.url, alt: "", width: 30, height: 46 }),
        h("span", {}, h("strong", {}, `@${owner.username}`), h("small", {}, left)),
        end,
      );
    };
    return { key: story.id, version: left, make };
  }

  #choosePicture(): void {
    const scene = this.#scene;
    if (!scene) return;
    this.theatre.stage.setView("phone");
    openPictureSheet(this.overlay, {
      title: `Post a story as @${scene.business.username}`,
      samples: this.theatre.world.samples,
      several: false,
      upright: true,
      choose: ([picture]) => picture && void this.theatre.actions.postStory(scene, picture),
    });
  }
}

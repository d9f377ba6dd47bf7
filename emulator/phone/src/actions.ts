import { call, post, type Upload, upload } from "./api";
import type { Notices } from "./notices";
import type { Records } from "./records";
import type { Scene, Stage } from "./stage";
import type { Answer, Message, Side, Story, Thread } from "./wire";
import type { World } from "./world";

/** A picture: one of the emulator's own, by id, or a file of this computer. */
export type Picture = { sample: string } | { file: Blob };

/**
 * Everything a thumb can do on these phones. Each resolves to true when it happened; otherwise a notice has said why.
 * What takes place at a moment uses the chosen "as of", which then returns to now.
 */
export class Actions {
  constructor(
    private readonly world: World,
    private readonly stage: Stage,
    private readonly notices: Notices,
    private readonly records: Records,
  ) {}

  sendText(scene: Scene, text: string, replyToMid?: string): Promise<boolean> {
    return this.#dated(sendPath(scene), { ...people(scene), text, replyToMid });
  }

  /** Pictures leave together, as one message; every other file is a message of its own. */
  async sendPictures(scene: Scene, pictures: Picture[], replyToMid?: string): Promise<boolean> {
    const uploads = await this.#uploads(pictures);
    if (uploads === null) return false;
    const images = uploads.filter((one) => one.kind === "image").map((one) => one.mediaId);
    const others = uploads.filter((one) => one.kind !== "image");
    const path = sendPath(scene);
    if (images.length > 0 && !(await this.#dated(path, { ...people(scene), images, replyToMid }))) return false;
    for (const { mediaId } of others) {
      if (!(await this.#dated(path, { ...people(scene), media: mediaId, replyToMid }))) return false;
    }
    return true;
  }

  sendOther(scene: Scene, kind: string): Promise<boolean> {
    return this.#dated(scene.role === "customer" ? "/_play/other" : "/_play/business/other", {
      ...people(scene),
      kind,
    });
  }

  /** An event that is no message: nothing is seen of it here, the app gets it. */
  async sendSample(scene: Scene, kind: string): Promise<boolean> {
    const sent = await this.#do("/_play/sample", { ...people(scene), kind });
    if (sent) this.notices.say("Sent to the app. Nothing of it shows in a chat.");
    return sent;
  }

  async pressTestButton(): Promise<boolean> {
    const sent = await this.#do("/_control/deliveries/test-button", {});
    if (sent) this.notices.say("The dashboard’s test event is on its way to the app.");
    return sent;
  }

  tapQuickReply(message: Message, index: number): Promise<boolean> {
    return this.#dated("/_play/quick-reply", { mid: message.mid, index });
  }

  tapButton(message: Message, card: number, button: number): Promise<boolean> {
    return this.#dated("/_play/button", { mid: message.mid, card, button });
  }

  replyToStory(scene: Scene, story: Story, text: string): Promise<boolean> {
    const path = scene.role === "customer" ? "/_play/story-reply" : "/_play/business/story-reply";
    return this.#dated(path, { ...people(scene), storyId: story.id, text });
  }

  async mentionInStory(scene: Scene, picture: Picture): Promise<boolean> {
    const path = scene.role === "customer" ? "/_play/story-mention" : "/_play/business/story-mention";
    const uploads = await this.#uploads([picture]);
    return uploads !== null && this.#dated(path, { ...people(scene), image: uploads[0]?.mediaId });
  }

  async postStory(scene: Scene, picture: Picture, by: Side = "business"): Promise<boolean> {
    const uploads = await this.#uploads([picture]);
    const image = uploads?.[0]?.mediaId;
    const path = by === "business" ? "/_play/business/story" : "/_play/story";
    return uploads !== null && this.#dated(path, { ...people(scene), image });
  }

  endStory(storyId: string): Promise<boolean> {
    return this.#do("/_play/story/end", { storyId });
  }

  unsend(message: Message): Promise<boolean> {
    return this.#do("/_play/unsend", { mid: message.mid });
  }

  edit(message: Message, text: string): Promise<boolean> {
    return this.#do("/_play/edit", { mid: message.mid, text });
  }

  /** `emoji` null takes the reaction back. */
  react(message: Message, by: Side, emoji: string | null): Promise<boolean> {
    return this.#do("/_play/react", { mid: message.mid, by, emoji });
  }

  markSeen(thread: Thread, by: Side): Promise<boolean> {
    // Whether an app hears of it or not, nobody at the phone has asked for words about a glance.
    return this.#try(async () => this.#take(await post<Answer>("/_play/seen", { threadId: thread.id, by }), "quietly"));
  }

  follow(scene: Scene, follow: boolean): Promise<boolean> {
    return this.#do("/_play/business/follow", { ...people(scene), follow });
  }

  allowMessages(scene: Scene, allowMessages: boolean): Promise<boolean> {
    return this.#do("/_play/business/settings", { igId: scene.business.igId, allowMessages });
  }

  changeCustomer(id: string, change: { private?: boolean; consentError?: boolean }): Promise<boolean> {
    return this.#do(`/_play/customers/${encodeURIComponent(id)}`, change);
  }

  /** Answers the new customer's username, or null when it did not work. */
  async createCustomer(customer: {
    name: string;
    username?: string;
    private: boolean;
    picture: boolean;
    consentError: boolean;
  }) {
    try {
      const answer = await post<Answer>("/_play/customers", customer);
      this.#take(answer);
      return answer.customer?.username ?? null;
    } catch (error) {
      this.notices.fail(error);
      return null;
    }
  }

  /** Keeps the app's events back, or lets them go, the newest first: so that things come before what they are about. */
  holdEvents(hold: boolean): Promise<boolean> {
    return this.#try(async () => {
      await post(hold ? "/_control/deliveries/hold" : "/_control/deliveries/release", hold ? {} : { reverse: true });
      this.records.poke();
    });
  }

  /** Moves Instagram's clock ahead, or back to the real time. */
  moveClock(to: { advanceMs: number } | { offsetMs: 0 }): Promise<boolean> {
    return this.#try(async () => {
      const { now } = await post<{ now: number }>("/_control/clock", to);
      this.world.receiveClock(now);
    });
  }

  readEarlier(thread: Thread): Promise<boolean> {
    const before = thread.messages[0]?.mid;
    if (!before) return Promise.resolve(false);
    return this.#try(async () => {
      const path = `/_play/threads/${encodeURIComponent(thread.id)}?before=${encodeURIComponent(before)}&limit=50`;
      const answer = await call<{ thread: Thread }>(path);
      this.world.receiveEarlier(thread.id, answer.thread.messages);
    });
  }

  async #dated(path: string, body: object): Promise<boolean> {
    const done = await this.#do(path, { ...body, ago: this.stage.ago || undefined });
    if (done && this.stage.ago !== 0) this.stage.setAgo(0);
    return done;
  }

  #do(path: string, body: object): Promise<boolean> {
    return this.#try(async () => this.#take(await post<Answer>(path, body)));
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.notices.fail(error);
      return false;
    }
  }

  #take(answer: Answer, manner: "aloud" | "quietly" = "aloud"): void {
    if (answer.thread) this.world.receiveThread(answer.thread);
    if (answer.business) this.world.receiveBusiness(answer.business);
    if (answer.customer) this.world.receiveCustomer(answer.customer);
    // A message that stays in the chat carries its own note; only what left no trace there has to be said here.
    const { delivery } = answer;
    if (manner === "aloud" && delivery?.sent === false && delivery.reason && !answer.mid)
      this.notices.say(delivery.reason);
  }

  async #uploads(pictures: Picture[]): Promise<Upload[] | null> {
    try {
      return await Promise.all(
        pictures.map((picture) =>
          "sample" in picture ? { mediaId: picture.sample, kind: "image" as const } : upload(picture.file),
        ),
      );
    } catch (error) {
      this.notices.fail(error);
      return null;
    }
  }
}

function sendPath(scene: Scene): string {
  return scene.role === "customer" ? "/_play/send" : "/_play/business/send";
}

function people(scene: Scene): { igId: string; customerId: string | undefined } {
  return { igId: scene.business.igId, customerId: scene.customer?.id };
}

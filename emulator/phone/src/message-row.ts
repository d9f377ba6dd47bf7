import { avatar } from "./avatar";
import { cardsView } from "./cards-view";
import { h, on } from "./dom";
import { picture } from "./image-grid";
import { linkedText } from "./linked-text";
import { attachmentViews } from "./message-media";
import { type MessageActions, messageTools } from "./message-tools";
import { wordsOf } from "./message-words";
import { storyCard } from "./story-card";
import { exactTime } from "./times";
import { type ChatScene, isMine, other } from "./viewpoint";
import type { Message } from "./wire";

const ONLY_EMOJI =
  /^(?:\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F]?(?:\u200D\p{Extended_Pictographic}\uFE0F?)*\s*){1,3}$/u;

export interface MessageRowInput {
  scene: ChatScene;
  message: Message;
  first: boolean;
  last: boolean;
  quoted: Message | null;
  storyAlive: boolean;
  actions: MessageActions;
  openStory: () => void;
  jumpToQuoted: () => void;
}

/** One message of a chat, own ones right, theirs left; emulator's remarks stand below in their own dress. */
export function messageRow(input: MessageRowInput): HTMLElement {
  const { scene, message, first, last, actions } = input;
  const mine = isMine(scene, message);
  const row = h("li", {
    "data-mid": message.mid,
    class: `message ${mine ? "mine" : "theirs"}${first ? " first" : ""}${last ? " last" : ""}`,
  });
  if (!mine) row.append(last ? avatar(other(scene), { size: 28 }) : h("span", { class: "avatar-space" }));
  const body = h("div", { class: "message-body", title: exactTime(message.at) });
  body.append(h("span", { class: "unseen-text" }, mine ? "You: " : `${other(scene).username}: `));
  row.append(body);
  if (message.unsent) {
    body.append(
      h("p", { class: "bubble bubble-gone" }, mine ? "You unsent a message" : "Message unsent"),
      ...remarks(message),
    );
    return row;
  }
  if (message.story)
    body.append(storyCard(message.story, input.storyAlive, storyCaption(scene, message), input.openStory));
  if (message.replyTo) body.append(quote(scene, message, input.quoted, input.jumpToQuoted));
  if (message.referral) body.append(...referralCard(message.referral));
  body.append(...attachmentViews(message.attachments, scene.business));
  if (message.cards.length > 0) body.append(cardsView({ cards: message.cards, press: actions.press }));
  if (message.text) body.append(textView(message.text));
  const empty = !message.text && !message.story && message.attachments.length === 0;
  if (empty) body.append(h("p", { class: "bubble bubble-gone" }, "Something apps cannot read"));
  if (message.reactions.length > 0) {
    const signs = message.reactions.map((reaction) => reaction.emoji).join(" ");
    body.append(h("span", { class: "reactions", role: "img", "aria-label": `Reactions: ${signs}` }, signs));
  }
  if (message.pressed) body.append(h("small", { class: "aside" }, "Tapped"));
  if (message.edited) body.append(h("small", { class: "aside" }, "Edited"));
  body.append(...remarks(message));
  const myReaction = message.reactions.find((reaction) => reaction.by === scene.role)?.emoji ?? null;
  row.append(messageTools(myReaction, actions));
  on(row, {
    pointerup: (event) => {
      if (event.pointerType !== "touch") return;
      for (const open of row.parentElement?.querySelectorAll(".open") ?? []) open.classList.remove("open");
      row.classList.add("open");
    },
  });
  on(body, { dblclick: () => actions.react(myReaction === null ? "❤️" : null) });
  return row;
}

function textView(text: string): HTMLElement {
  if (ONLY_EMOJI.test(text)) return h("p", { class: "big-emoji" }, text);
  return h("p", { class: "bubble", dir: "auto" }, ...linkedText(text));
}

function quote(scene: ChatScene, message: Message, quoted: Message | null, jump: () => void): HTMLElement {
  if (!quoted) return h("div", { class: "quote" }, h("small", {}, "Replied to an earlier message"));
  const whose = quotedPerson(scene, message, quoted);
  const image = quoted.attachments.find((one) => one.type === "image" && one.url);
  const shown =
    image?.url && !quoted.text
      ? h("img", { class: "quote-picture", src: image.url, alt: wordsOf(quoted) })
      : h("span", { class: "quote-words", dir: "auto" }, wordsOf(quoted));
  const button = h("button", { type: "button", class: "quote-jump", title: "Go to that message" }, shown);
  return h("div", { class: "quote" }, h("small", {}, `Replied to ${whose}`), on(button, { click: jump }));
}

function quotedPerson(scene: ChatScene, message: Message, quoted: Message): string {
  const own = message.from === quoted.from;
  if (isMine(scene, message)) return own ? "yourself" : other(scene).username;
  return own ? "themselves" : "you";
}

/** What the customer came from, as it stands above their first message. */
function referralCard({ kind, title, url }: NonNullable<Message["referral"]>): HTMLElement[] {
  const words = kind === "ad" ? (title ?? "An advertisement") : "A product of the shop";
  const image = url && picture({ type: "image", url, contentType: null }, "picture");
  return [
    h(
      "div",
      { class: "referral" },
      image || null,
      h("span", {}, h("small", {}, kind === "ad" ? "Came from an ad" : "Asked about"), h("strong", {}, words)),
    ),
  ];
}

function storyCaption(scene: ChatScene, message: Message): string {
  const mine = isMine(scene, message);
  if (message.story?.relation === "mention")
    return mine ? "You mentioned them in your story" : "Mentioned you in their story";
  return mine ? "You replied to their story" : "Replied to your story";
}

function remarks(message: Message): HTMLElement[] {
  const said: HTMLElement[] = [];
  if (message.tag) said.push(h("small", { class: "remark" }, `Sent with tag ${message.tag}`));
  if (message.notDelivered)
    said.push(h("small", { class: "remark" }, `Not told to the business’s app. ${message.notDelivered}`));
  return said;
}

import { avatar } from "./avatar";
import { h, on } from "./dom";
import { attachmentView } from "./message-media";
import { type MessageActions, messageTools } from "./message-tools";
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
  if (input.quoted) body.append(quote(scene, input.quoted));
  for (const attachment of message.attachments) {
    if (attachment.type !== "story_mention") body.append(attachmentView(attachment));
  }
  if (message.text) body.append(textView(message.text));
  const empty = !message.text && !message.story && message.attachments.length === 0;
  if (empty) body.append(h("p", { class: "bubble bubble-gone" }, "Something apps cannot read"));
  if (message.reactions.length > 0) {
    const signs = message.reactions.map((reaction) => reaction.emoji).join(" ");
    body.append(h("span", { class: "reactions", "aria-label": `Reactions: ${signs}` }, signs));
  }
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
  return h("p", { class: "bubble", dir: "auto" }, text);
}

function quote(scene: ChatScene, quoted: Message): HTMLElement {
  const whose = isMine(scene, quoted) ? "yourself" : other(scene).username;
  const words = quoted.unsent ? "Message unsent" : (quoted.text ?? "Attachment");
  return h("div", { class: "quote" }, h("small", {}, `Replied to ${whose}`), h("p", { dir: "auto" }, words));
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

import { avatar } from "./avatar";
import { h, type Row } from "./dom";
import { messageRow } from "./message-row";
import type { MessageActions } from "./message-tools";
import type { Theatre } from "./theatre";
import { clockTime, dividerTime, HOUR, MINUTE, sameDay } from "./times";
import { type ChatScene, isMine, other } from "./viewpoint";
import type { Message, StoryRef } from "./wire";

const GROUP_MS = 5 * MINUTE;
const DIVIDER_MS = HOUR;

export interface ChatHandlers {
  openStory: (scene: ChatScene, story: StoryRef) => void;
  reply: (message: Message) => void;
  edit: (message: Message) => void;
  unsent: () => void;
}

export interface ChatRowHandlers extends ChatHandlers {
  jump: (message: Message) => void;
}

/** What a chat shows, oldest first: times between, messages in groups, "Seen" and the typing sign below. */
export function chatRows(theatre: Theatre, scene: ChatScene, handlers: ChatRowHandlers): Row[] {
  const now = theatre.world.now();
  const messages = scene.thread?.messages ?? [];
  const rows: Row[] = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    if (!before || !sameDay(before.at, message.at) || message.at - before.at > DIVIDER_MS) {
      rows.push(note(`divider ${message.mid}`, "divider", dividerTime(message.at, now)));
    }
    const edges = { first: !joined(before, message), last: !joined(message, after) };
    rows.push(...notesBetween(scene, before?.at ?? 0, message.at));
    rows.push(row(theatre, scene, handlers, message, edges));
  });
  rows.push(...notesBetween(scene, messages.at(-1)?.at ?? 0, Number.POSITIVE_INFINITY));
  const newest = messages.at(-1);
  if (newest && isMine(scene, newest) && newest.seen && !newest.unsent) {
    const at = scene.role === "customer" ? scene.thread?.seenByBusinessAt : scene.thread?.seenByCustomerAt;
    rows.push(note("seen", "seen", at ? `Seen ${clockTime(at)}` : "Seen"));
  }
  if (scene.role === "customer" && scene.thread?.typing) rows.push(typing(scene));
  return rows;
}

interface Edges {
  first: boolean;
  last: boolean;
}

function row(theatre: Theatre, scene: ChatScene, handlers: ChatRowHandlers, message: Message, edges: Edges): Row {
  const { world } = theatre;
  const partner = other(scene);
  const quoted = scene.thread?.messages.find((one) => one.mid === message.replyTo) ?? null;
  const storyAlive = message.story !== null && world.isAlive(message.story);
  const quotedWords = quoted && [quoted.text, quoted.unsent, quoted.attachments];
  return {
    key: message.mid,
    version: JSON.stringify([
      { ...message, seen: null },
      edges,
      quotedWords,
      storyAlive,
      partner.picture,
      partner.name,
    ]),
    make: () =>
      messageRow({
        scene,
        message,
        ...edges,
        quoted,
        storyAlive,
        actions: messageActions(theatre, scene, handlers, message),
        jumpToQuoted: () => quoted && handlers.jump(quoted),
        openStory: () => message.story && handlers.openStory(scene, message.story),
      }),
  };
}

function messageActions(theatre: Theatre, scene: ChatScene, handlers: ChatHandlers, message: Message): MessageActions {
  const { actions } = theatre;
  const mine = isMine(scene, message);
  const unsend = async () => {
    if (await actions.unsend(message)) handlers.unsent();
  };
  return {
    react: (emoji) => void actions.react(message, scene.role, emoji),
    reply: () => handlers.reply(message),
    edit:
      mine && message.text && !message.pressed && message.via === "phone" ? () => handlers.edit(message) : undefined,
    unsend: mine ? () => void unsend() : undefined,
    press: mine ? undefined : (card, button) => void actions.tapButton(message, card, button),
  };
}

function joined(a: Message | undefined, b: Message | undefined): boolean {
  return a !== undefined && b !== undefined && a.from === b.from && sameDay(a.at, b.at) && b.at - a.at < GROUP_MS;
}

/** What happened between two messages without being one. */
function notesBetween(scene: ChatScene, from: number, to: number): Row[] {
  const notes = scene.thread?.notes.filter((one) => one.at >= from && one.at < to) ?? [];
  return notes.map((one) => note(`note ${one.at} ${one.text}`, "divider thread-note", one.text));
}

function note(key: string, className: string, text: string): Row {
  return { key, version: text, make: () => h("li", { class: className, role: "presentation" }, text) };
}

function typing(scene: ChatScene): Row {
  const make = () =>
    h(
      "li",
      { class: "message theirs last typing", "aria-label": `${scene.business.username} is typing` },
      avatar(scene.business, { size: 28 }),
      h("span", { class: "bubble" }, h("i"), h("i"), h("i")),
    );
  return { key: "typing", version: scene.business.igId, make };
}

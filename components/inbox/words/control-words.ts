import type { ControlRow, ConversationRow, Responder } from "@/lib/inbox/types";

export type ControlWords = {
  /** Who answers. */
  text: string;
  /** What follows from it for the reader. */
  hint: string | null;
  /** What the reader can do about it. */
  action: { does: "take_over" | "hand_back"; label: string } | null;
  /** The reader's team is asked for something. */
  asks: boolean;
};

/** Who answers a conversation, in words; null where there is nothing to tell. */
export function controlWords(control: ControlRow | null): ControlWords | null {
  if (!control) return null;
  const { holder, offeredTo, nextHolder, handBackTo, inboxAnswers } = control;
  if (offeredTo?.kind === "inbox" && holder?.kind !== "inbox") {
    const text = holder ? `${holder.name} offers you this conversation` : "This conversation is offered to you";
    return { text, hint: null, action: { does: "take_over", label: "Accept" }, asks: true };
  }
  const answerer = holder ?? nextHolder;
  if (!answerer) return null;
  if (answerer.kind === "inbox" && !handBackTo) return null;
  const offered = offeredTo ? `, offered to ${offeredTo.name}` : "";
  return {
    text: `${holder ? answers(answerer) : answersNext(answerer)}${offered}`,
    hint: hintOf(answerer, inboxAnswers),
    action: actionOf(answerer, control),
    asks: false,
  };
}

/** That a conversation came from a program to the people of the desk, in words; null when it did not. */
export function handedWords(before: ControlRow | null, { control, contact }: ConversationRow): string | null {
  const from = before?.holder;
  if (!control || !from || from.kind === "inbox") return null;
  if (control.holder?.kind === "inbox") return `Your team is answering ${contact.displayName} now`;
  if (control.offeredTo?.kind !== "inbox" || before.offeredTo?.kind === "inbox") return null;
  return `${from.name} offers you the conversation with ${contact.displayName}`;
}

function answers({ kind, name }: Responder): string {
  return kind === "inbox" ? "Your team is answering" : `${name} is answering`;
}

function answersNext({ kind, name }: Responder): string {
  return kind === "inbox" ? "Your team answers next" : `${name} answers the next message`;
}

function hintOf({ kind }: Responder, inboxAnswers: boolean): string | null {
  if (kind === "inbox") return null;
  return inboxAnswers ? "Your reply takes over" : "The inbox has no place at the switchboard";
}

function actionOf({ kind }: Responder, { inboxAnswers, handBackTo }: ControlRow): ControlWords["action"] {
  if (kind !== "inbox") return inboxAnswers ? { does: "take_over", label: "Take over" } : null;
  return handBackTo && { does: "hand_back", label: `Hand to ${handBackTo.name}` };
}

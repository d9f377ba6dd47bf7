import { browserStorage } from "../browser-storage";
import { EMPTY_FORM, type FormDraft, type FormKind } from "./form-draft";

/** Quick replies, buttons and cards that are being written, per conversation; kept in this browser until they are sent or discarded. */
export class FormDrafts {
  private readonly prefix: string;
  private readonly known = new Map<string, FormDraft>();
  private readonly listeners = new Set<() => void>();

  constructor(memberId: string) {
    this.prefix = `replydesk:form:${memberId}:`;
  }

  get(conversationId: string): FormDraft {
    const known = this.known.get(conversationId);
    if (known) return known;
    const kept = parse(browserStorage.read(this.prefix + conversationId)) ?? EMPTY_FORM;
    this.known.set(conversationId, kept);
    return kept;
  }

  set(conversationId: string, draft: FormDraft): void {
    this.known.set(conversationId, draft);
    if (isBlank(draft)) browserStorage.remove(this.prefix + conversationId);
    else browserStorage.write(this.prefix + conversationId, JSON.stringify(draft));
    for (const listener of this.listeners) listener();
  }

  discard(conversationId: string): void {
    this.set(conversationId, EMPTY_FORM);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

/** Whether nothing is written in any of its forms. */
export function isBlank({ kind: _, ...draft }: FormDraft): boolean {
  const { kind: __, ...empty } = EMPTY_FORM;
  return JSON.stringify(draft) === JSON.stringify(empty);
}

/** The draft without what has been sent; its other forms stay. */
export function withoutSent(draft: FormDraft, kind: FormKind): FormDraft {
  const { quickReplies, text, buttons, cards } = EMPTY_FORM;
  if (kind === "quick-replies") return { ...draft, quickReplies };
  return kind === "buttons" ? { ...draft, text, buttons } : { ...draft, cards };
}

/** Null for what is none of ours, or an earlier version's. */
function parse(kept: string | null): FormDraft | null {
  if (kept === null) return null;
  try {
    const value: unknown = JSON.parse(kept);
    return isFormDraft(value) ? value : null;
  } catch {
    return null;
  }
}

function isFormDraft(value: unknown): value is FormDraft {
  if (typeof value !== "object" || value === null) return false;
  const { kind, quickReplies, text, buttons, cards } = value as Record<string, unknown>;
  return (
    (kind === "quick-replies" || kind === "buttons" || kind === "cards") &&
    typeof text === "string" &&
    isListOf(quickReplies, (title) => typeof title === "string") &&
    isListOf(buttons, isButton) &&
    isListOf(
      cards,
      (card) => hasTexts(card, ["title", "subtitle", "imageUrl", "url"]) && isListOf(card.buttons, isButton),
    )
  );
}

function isButton(value: unknown): boolean {
  return hasTexts(value, ["title", "url"]);
}

function isListOf(value: unknown, is: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function hasTexts(value: unknown, names: string[]): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && names.every((name) => typeof Reflect.get(value, name) === "string")
  );
}

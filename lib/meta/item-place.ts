import { sha256Hex } from "../crypto";
import type { IncomingMessage } from "../inbox/receive-messages";
import { storable } from "./webhook-values";

/** Where an item stood and between whom; `raw` is its own characters. */
export type Place = { raw: string; accountId: string; at: Date; sender: string; recipient: string };

type Placed = Omit<IncomingMessage, "workspaceId" | "channelId">;

/** What one webhook item means to the inbox. */
export type ParsedItem =
  /** `keepRaw`: it is not wholly shown, so its raw form stays for later. `withheld`: Meta named it and kept its content back. */
  | { type: "message"; message: Placed; keepRaw: string | null; withheld?: boolean }
  | { type: "unsend"; externalId: string; at: Date }
  | { type: "seen"; externalId: string; at: Date }
  /** Messenger's form: everything up to a moment. */
  | { type: "seen_until"; externalId: null; contactExternalId: string; until: Date; at: Date }
  /** `emoji: null`: taken back. */
  | {
      type: "reaction";
      externalId: string;
      contactExternalId: string;
      by: "customer" | "business";
      emoji: string | null;
      at: Date;
    }
  /** `number`: Meta's count of edits, from 1. */
  | { type: "edit"; externalId: string; contactExternalId: string; number: number; text: string; at: Date }
  | { type: "set_aside"; reason: string; externalId: string | null };

type Shown = Pick<Placed, "externalId" | "kind" | "text"> &
  Partial<Pick<Placed, "attachments" | "details" | "story" | "replyToExternalId" | "opensWindow">> & {
    fromBusiness?: boolean;
    keepRaw?: string | null;
  };

export function shown(place: Place, parts: Shown): Extract<ParsedItem, { type: "message" }> {
  const fromBusiness = parts.fromBusiness ?? place.sender === place.accountId;
  return {
    type: "message",
    keepRaw: parts.keepRaw ?? null,
    message: {
      contactExternalId: customerOf(place, fromBusiness),
      externalId: parts.externalId,
      origin: fromBusiness ? "instagram" : "customer",
      kind: parts.kind,
      text: parts.text,
      attachments: parts.attachments ?? null,
      details: parts.details ?? null,
      story: parts.story ?? null,
      replyToExternalId: parts.replyToExternalId ?? null,
      sentAt: place.at,
      opensWindow: (parts.opensWindow ?? true) && !fromBusiness,
    },
  };
}

/** The customer is whoever is not the account; some echoes come with their ids not swapped, some tests with neither. */
export function customerOf(place: Place, fromBusiness: boolean): string {
  if (place.sender === place.accountId) return place.recipient;
  if (place.recipient === place.accountId) return place.sender;
  return fromBusiness ? place.recipient : place.sender;
}

export function textOf(text: unknown): string | null {
  const kept = typeof text === "string" ? storable(text) : "";
  return kept === "" ? null : kept;
}

/** What has no id of its own is known by its content, so that a repeated delivery is still one. */
export function derivedId(raw: string): string {
  return `sha256:${sha256Hex(raw)}`;
}

export function setAside(reason: string, externalId: string | null = null): ParsedItem {
  return { type: "set_aside", reason, externalId };
}

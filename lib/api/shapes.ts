import type { z } from "zod";
import { action, itemAction } from "./schemas/action";
import { app } from "./schemas/app";
import { id, metadata, pageLinks, pageMeta, timestamp } from "./schemas/common";
import { content, contentPost, item } from "./schemas/content";
import { conversation, participant } from "./schemas/conversation";
import { shortUser, source, toldConversation } from "./schemas/event";
import { integration } from "./schemas/integration";
import { key } from "./schemas/key";
import { message } from "./schemas/message";
import { responder, switchboard, switchboardIntegration } from "./schemas/switchboard";
import { client, user } from "./schemas/user";
import { trigger, webhook, webhookCreate } from "./schemas/webhook";

/** What the specification gives a name of its own; everything else stands where it is used. */
export const SHAPES: { schema: z.ZodType; id: string; description: string }[] = [
  { schema: app, id: "App", description: "A workspace of the desk" },
  {
    schema: user,
    id: "User",
    description: "A person who has written. What you said of them stands before what Instagram tells",
  },
  { schema: client, id: "Client", description: "The Instagram account through which a person writes" },
  {
    schema: conversation,
    id: "Conversation",
    description: "All that one person and one Instagram account said to each other",
  },
  { schema: participant, id: "Participant", description: "The person of a conversation" },
  { schema: message, id: "Message", description: "One message, of a customer or of the business" },
  {
    schema: content,
    id: "Content",
    description:
      "What was said, by anyone; `type` says which other fields there are, as in ContentToSend. Customers say `text`, `image`, `file` and `carousel`",
  },
  { schema: contentPost, id: "ContentToSend", description: "What a business can send" },
  { schema: action, id: "Action", description: "What a person can tap under a text or picture" },
  { schema: item, id: "Card", description: "One card of a carousel or list" },
  { schema: itemAction, id: "CardAction", description: "What a person can tap on a card" },
  {
    schema: integration,
    id: "Integration",
    description: "A connected Instagram account, or a program of yours with its webhooks",
  },
  { schema: webhook, id: "Webhook", description: "An address that is told what happens" },
  { schema: webhookCreate, id: "WebhookToCreate", description: "Whom to tell, and of what" },
  { schema: trigger, id: "Trigger", description: "What a webhook can be told of; `*` is all of them" },
  { schema: toldConversation, id: "ToldConversation", description: "What events say of a conversation" },
  {
    schema: shortUser,
    id: "ToldUser",
    description: "What events say of a user; with `includeFullUser` the whole User stands there",
  },
  {
    schema: source,
    id: "Source",
    description: "Through which account an event came; with `includeFullSource` there is a `client`",
  },
  { schema: switchboard, id: "Switchboard", description: "Says who answers a conversation" },
  {
    schema: switchboardIntegration,
    id: "SwitchboardIntegration",
    description:
      "A place at the switchboard, of a program or of the desk's own inbox (`replydesk:inbox`). `bot`: what its keys write never counts as a person's",
  },
  { schema: responder, id: "Responder", description: "Who holds a conversation, or is offered it" },
  { schema: key, id: "Key", description: "With what a program signs in" },
  {
    schema: metadata,
    id: "Metadata",
    description: "What you want to keep: a flat object of strings, numbers and booleans, at most 4,096 bytes as JSON",
  },
  { schema: id, id: "Id", description: "24 hexadecimal digits" },
  { schema: timestamp, id: "Timestamp", description: "In UTC, with milliseconds: `2026-01-02T03:04:05.678Z`" },
  {
    schema: pageMeta,
    id: "PageMeta",
    description: "Where the page stands; a cursor is left out where there is no such page",
  },
  { schema: pageLinks, id: "PageLinks", description: "The addresses of the pages beside this one" },
];

import type { ControlRow, ConversationRow, Responder } from "./types";

/** A place at the switchboard: an integrator's program, or the desk's own inbox. */
export type SwitchboardIntegration = {
  id: string;
  name: string;
  /** The custom integration behind it; null for the inbox. */
  integrationId: string | null;
  integrationType: string;
  /** Whether it hears of conversations that another holds. */
  deliverStandbyEvents: boolean;
  nextId: string | null;
  messageHistoryCount: number | null;
  /** Expressly a program's: what is written through it never counts as a person's. */
  bot: boolean;
};

export type Switchboard = {
  id: string;
  workspaceId: string;
  enabled: boolean;
  defaultId: string | null;
  /** The oldest first. */
  integrations: SwitchboardIntegration[];
  /** Channels whose conversations begin with another one, by the channel's id. */
  channelDefaults: Record<string, string>;
};

/** The desk's inbox by its own name, and by the one under which integrators of the specification know a workspace of agents. */
export const INBOX_TYPES: readonly string[] = ["replydesk:inbox", "zd:agentWorkspace"];

export type Held = { channelId: string; holderId: string | null; offeredToId: string | null };

export function isInbox({ integrationId }: SwitchboardIntegration): boolean {
  return integrationId === null;
}

export function integrationOf(switchboard: Switchboard, id: string | null | undefined): SwitchboardIntegration | null {
  return switchboard.integrations.find((integration) => integration.id === id) ?? null;
}

/** Who gets a channel's new conversations. */
export function defaultResponder(switchboard: Switchboard, channelId: string): SwitchboardIntegration | null {
  return (
    integrationOf(switchboard, switchboard.channelDefaults[channelId]) ??
    integrationOf(switchboard, switchboard.defaultId)
  );
}

/** Who holds a conversation. In place of one that was removed stands the default one. */
export function holderOf(switchboard: Switchboard, { channelId, holderId }: Held): SwitchboardIntegration | null {
  if (holderId === null) return null;
  return integrationOf(switchboard, holderId) ?? defaultResponder(switchboard, channelId);
}

/** Whom the inbox gives a conversation back to: who would have got it, else who comes next. */
export function handBackTarget(switchboard: Switchboard, channelId: string): SwitchboardIntegration | null {
  const inbox = switchboard.integrations.find(isInbox);
  const candidates = [
    defaultResponder(switchboard, channelId),
    integrationOf(switchboard, inbox?.nextId),
    ...switchboard.integrations,
  ];
  return candidates.find((candidate) => candidate && !isInbox(candidate)) ?? null;
}

/** What the screens show of who answers. */
export function controlRow(switchboard: Switchboard, held: Held): ControlRow {
  const responder = (found: SwitchboardIntegration | null) => found && responderOf(found);
  return {
    holder: responder(holderOf(switchboard, held)),
    offeredTo: responder(integrationOf(switchboard, held.offeredToId)),
    nextHolder: responder(defaultResponder(switchboard, held.channelId)),
    handBackTo: responder(handBackTarget(switchboard, held.channelId)),
    inboxAnswers: switchboard.integrations.some(isInbox),
  };
}

/** Whether somebody else than the people of the desk answers, so that nobody here has to. */
export function answeredElsewhere(control: ControlRow | null): boolean {
  return control?.holder !== undefined && control.holder !== null && control.holder.kind !== "inbox";
}

/** Whether it is unread and the people of the desk are to read it: what a program answers waits until it is theirs, or offered. */
export function callsPeople({ unread, control }: Pick<ConversationRow, "unread" | "control">): boolean {
  return unread > 0 && (!answeredElsewhere(control) || control?.offeredTo?.kind === "inbox");
}

function responderOf(integration: SwitchboardIntegration): Responder {
  const kind = isInbox(integration) ? "inbox" : integration.bot ? "bot" : "program";
  return { id: integration.id, name: integration.name, kind };
}

import type { Control } from "./change-control";
import { defaultResponder, INBOX_TYPES, integrationOf, isInbox, type SwitchboardIntegration } from "./switchboard";

/**
 * Whom an id, a name, a type or "next" means. The one after the caller is the same however often it is asked for; a
 * caller without a place means the one after whoever holds the conversation.
 */
export function controlTarget(control: Control, said: string): SwitchboardIntegration | null {
  const { switchboard, caller, holder, channelId } = control;
  if (said === "next")
    return integrationOf(switchboard, (caller ?? holder ?? defaultResponder(switchboard, channelId))?.nextId);
  const { integrations } = switchboard;
  return (
    integrationOf(switchboard, said) ??
    integrations.find(({ name }) => name === said) ??
    (INBOX_TYPES.includes(said) ? (integrations.find(isInbox) ?? null) : null)
  );
}

export function targetMissing(said: string): { refused: "invalid_target"; message: string } {
  const message =
    said === "next"
      ? "switchboardIntegration: nobody is named as the next one. Give the holder a nextSwitchboardIntegrationId, or say a name."
      : "switchboardIntegration: there is no such switchboard integration.";
  return { refused: "invalid_target", message };
}

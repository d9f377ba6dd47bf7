import type { Switchboard, SwitchboardIntegration } from "../../inbox/switchboard";
import { publicId } from "../public-id";
import type { ApiResponder, ApiSwitchboardIntegration } from "../schemas/switchboard";

export function apiSwitchboard({ id, enabled, defaultId }: Switchboard) {
  return {
    id: publicId(id),
    enabled,
    ...(defaultId !== null && { defaultSwitchboardIntegrationId: publicId(defaultId) }),
  };
}

export function apiSwitchboardIntegration(integration: SwitchboardIntegration): ApiSwitchboardIntegration {
  const { deliverStandbyEvents, nextId, messageHistoryCount, bot } = integration;
  return {
    ...apiResponder(integration),
    deliverStandbyEvents,
    ...(nextId !== null && { nextSwitchboardIntegrationId: publicId(nextId) }),
    ...(messageHistoryCount !== null && { messageHistoryCount }),
    bot,
  };
}

/** The inbox is no integration: its own id stands for one. */
export function apiResponder({
  id,
  name,
  integrationId,
  integrationType,
}: Pick<SwitchboardIntegration, "id" | "name" | "integrationId" | "integrationType">): ApiResponder {
  return { id: publicId(id), name, integrationId: publicId(integrationId ?? id), integrationType };
}

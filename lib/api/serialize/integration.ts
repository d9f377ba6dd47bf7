import type { IntegrationDetails } from "../../inbox/public-types";
import { publicId } from "../public-id";
import type { ApiIntegration } from "../schemas/integration";

const STATUS = { connecting: "inactive", healthy: "active", broken: "error", disconnected: "inactive" } as const;

/** A connected Instagram account, or what an integrator added. */
export function apiIntegration(integration: IntegrationDetails): ApiIntegration {
  const common = { id: publicId(integration.id), type: integration.type, status: STATUS[integration.state] };
  if (integration.type === "custom") return { ...common, displayName: integration.name };
  return {
    ...common,
    displayName: integration.apiName ?? integration.name,
    appId: integration.facebookAppId,
    pageId: integration.pageId,
    businessId: integration.accountId,
    businessName: integration.name,
    businessUsername: integration.username,
    username: integration.connectedAs,
    storyRepliesEnabled: integration.tellsStoryReplies,
    storyMentionsEnabled: integration.tellsStoryMentions,
    // Nothing is ever put under a text.
    showAIDisclaimer: false,
  };
}

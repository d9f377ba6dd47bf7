import { publicId } from "../public-id";
import type { ApiWebhook } from "../schemas/webhook";

type Webhook = Omit<ApiWebhook, "version">;

export function apiWebhook({
  id,
  target,
  triggers,
  includeFullUser,
  includeFullSource,
  secret,
  signingSecret,
}: Webhook) {
  return {
    id: publicId(id),
    version: "v2" as const,
    target,
    triggers,
    includeFullUser,
    includeFullSource,
    secret,
    signingSecret,
  };
}

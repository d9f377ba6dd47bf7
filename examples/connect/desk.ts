import SunshineConversations from "sunshine-conversations-client";
import type { Settings } from "./settings";

/** What the site wants to be told. */
const TRIGGERS = [
  "client:update",
  "conversation:create",
  "conversation:message",
  "conversation:message:deleted",
  "conversation:message:delivery:channel",
  "conversation:message:delivery:user",
  "conversation:message:delivery:failure",
  "conversation:referral",
  "conversation:remove",
];

export type Message = {
  id: string;
  received: string;
  author: { type: "user" | "business"; displayName?: string };
  content: { type: string; text?: string; mediaUrl?: string };
  deleted: boolean | null;
};

export type Integration = {
  id: string;
  pageId: string;
  status: "active" | "inactive" | "error";
  businessUsername: string;
  webhookSetup?: { reason: string };
};

/** The desk refused; `message` is its sentence for a person. */
export class DeskError extends Error {}

/** The Integration API, through its official client. */
export function createDesk({ desk, facebook, siteName, siteUrl }: Settings) {
  const { appId } = desk;

  /** @param key the same key is the same message, however often it is sent */
  function client(key?: string) {
    const api = new SunshineConversations.ApiClient();
    api.basePath = desk.url;
    api.authentications.basicAuth.username = desk.keyId;
    api.authentications.basicAuth.password = desk.keySecret;
    if (key) api.defaultHeaders["Idempotency-Key"] = key;
    return api;
  }

  const integrations = () => new SunshineConversations.IntegrationsApi(client());
  const webhooks = () => new SunshineConversations.WebhooksApi(client());
  const messages = (key?: string) => new SunshineConversations.MessagesApi(client(key));

  async function listIntegrations(types: string) {
    const found = [];
    let after: string | undefined;
    do {
      const query = { page: { size: 100, ...(after && { after }) }, filter: { types } };
      const answer = await ask(() => integrations().listIntegrationsWithHttpInfo(appId, query));
      found.push(...answer.integrations);
      after = answer.meta.afterCursor;
    } while (after);
    return found;
  }

  return {
    /** Has the desk tell this site what happens. @returns the secret with which it signs */
    async listen(): Promise<string> {
      const hook = { target: `${siteUrl}/webhook`, triggers: TRIGGERS };
      const displayName = `${siteName} (site)`;
      const known = (await listIntegrations("custom")).find((one) => one.displayName === displayName);
      if (!known) {
        const wanted = { type: "custom", displayName, webhooks: [hook] };
        const made = await ask(() => integrations().createIntegrationWithHttpInfo(appId, wanted));
        return made.integration.webhooks[0].signingSecret;
      }
      const [webhook] = (await ask(() => webhooks().listWebhooksWithHttpInfo(appId, known.id))).webhooks;
      await ask(() => webhooks().updateWebhookWithHttpInfo(appId, known.id, webhook.id, hook));
      return webhook.signingSecret;
    },

    /** @throws DeskError with words for the person who is connecting */
    async connect(page: { id: string; token: string }): Promise<Integration> {
      const known: Integration[] = await listIntegrations("instagram");
      const active = known.find(({ pageId, status }) => pageId === page.id && status === "active");
      const given = {
        type: "instagram",
        appId: facebook.appId,
        appSecret: facebook.appSecret,
        pageAccessToken: page.token,
      };
      const { integration } = await ask(() =>
        active
          ? integrations().getIntegrationWithHttpInfo(appId, active.id)
          : integrations().createIntegrationWithHttpInfo(appId, given),
      );
      return integration;
    },

    /** The latest messages, the oldest first. */
    async messages(conversationId: string): Promise<Message[]> {
      return (await ask(() => messages().listMessagesWithHttpInfo(appId, conversationId))).messages;
    },

    /** @returns what it became @throws DeskError with words for the person who is answering */
    async reply(conversationId: string, text: string, key: string): Promise<Message[]> {
      const message = { author: { type: "business", displayName: siteName }, content: { type: "text", text } };
      return (await ask(() => messages(key).postMessageWithHttpInfo(appId, conversationId, message))).messages;
    },
  };
}

type Rejection = { status?: number; body?: { errors?: { title?: string }[] }; error?: { code?: string } };

/**
 * What the desk answered, as it came: the client's own models leave out the fields of Instagram. Its rejections hold the
 * whole request, key and all, so nothing of them goes further than these few words.
 */
async function ask(work: () => Promise<{ response: { body: Answer } }>): Promise<Answer> {
  try {
    return (await work()).response.body;
  } catch (rejection) {
    const { status, body, error } = rejection as Rejection;
    const words = body?.errors?.[0]?.title;
    if (status === 400 && words) throw new DeskError(words);
    throw new Error(`The desk answered ${status ?? error?.code ?? "nothing"}: ${words ?? "no reason given"}.`);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what it holds depends on the call, and is named where it is used
type Answer = any;

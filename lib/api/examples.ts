/** What the examples of the reference speak of: one shop, one customer, one conversation. */
export const EXAMPLE_IDS = {
  appId: "019a2b3c4d5e6f7081920a1b",
  conversationId: "019a2b3c4d5e6f7081920c01",
  userIdOrExternalId: "019a2b3c4d5e6f7081920d01",
  clientId: "019a2b3c4d5e6f7081920d01",
  deviceId: "019a2b3c4d5e6f7081920d02",
  participantId: "019a2b3c4d5e6f7081920d01",
  integrationId: "019a2b3c4d5e6f7081920e01",
  webhookId: "019a2b3c4d5e6f7081920a2c",
  messageId: "019a2b3c4d5e6f7081920f01",
  keyId: "app_5f2c8e1ab0d34796e8a1c2d3",
  switchboardId: "019a2b3c4d5e6f7081921000",
  switchboardIntegrationId: "019a2b3c4d5e6f7081921001",
} as const;

export const CUSTOM_INTEGRATION_ID = "019a2b3c4d5e6f7081920e02";

const userId = EXAMPLE_IDS.userIdOrExternalId;

export const exampleApp = {
  id: EXAMPLE_IDS.appId,
  displayName: "Nora Ceramics",
  settings: {
    conversationRetentionSeconds: 0,
    maskCreditCardNumbers: false,
    useAnimalNames: false,
    echoPostback: false,
    ignoreAutoConversationStart: false,
    multiConvoEnabled: false,
  },
  metadata: null,
};

export const exampleUser = {
  id: userId,
  externalId: null,
  authenticated: false,
  zendeskId: null,
  signedUpAt: "2026-01-02T03:04:05.000Z",
  toBeRetained: false,
  profile: { givenName: "Ana", surname: "Lima", email: null, avatarUrl: null, locale: null },
  metadata: { tier: "gold" },
  identities: [],
};

export const exampleClient = {
  id: EXAMPLE_IDS.clientId,
  type: "instagram" as const,
  status: "active" as const,
  integrationId: EXAMPLE_IDS.integrationId,
  externalId: "6712345678901234",
  displayName: "Ana Lima",
  avatarUrl: null,
  lastSeen: "2026-01-02T03:04:05.000Z",
  linkedAt: "2026-01-02T03:04:05.000Z",
  info: {},
  raw: { name: "Ana Lima", username: "ana.lima", is_verified_user: false },
};

export const exampleConversation = {
  id: EXAMPLE_IDS.conversationId,
  type: "personal" as const,
  isDefault: true,
  displayName: null,
  description: null,
  iconUrl: null,
  metadata: { order: 7 },
  businessLastRead: "2026-01-02T03:05:00.000Z",
  lastUpdatedAt: "2026-01-02T03:04:05.000Z",
  createdAt: "2026-01-02T03:04:05.000Z",
};

export const exampleParticipant = {
  id: EXAMPLE_IDS.participantId,
  userId,
  userExternalId: null,
  unreadCount: 0,
  lastRead: null,
  clientAssociations: [{ type: "instagram", clientId: EXAMPLE_IDS.clientId }],
};

export const receivedMessage = {
  id: EXAMPLE_IDS.messageId,
  received: "2026-01-02T03:04:05.000Z",
  author: { type: "user" as const, userId, displayName: "Ana Lima" },
  content: { type: "text", text: "Is the blue bowl back?" },
  source: {
    type: "instagram",
    integrationId: EXAMPLE_IDS.integrationId,
    originalMessageId: "aWdfZAG1faXRlbTo",
    originalMessageTimestamp: "2026-01-02T03:04:05.000Z",
  },
  quotedMessage: null,
  metadata: {},
  deleted: null,
};

export const sentMessage = {
  id: "019a2b3c4d5e6f7081920f02",
  received: "2026-01-02T03:06:07.000Z",
  author: { type: "business" as const, displayName: "Nora" },
  content: { type: "text", text: "Yes, since this morning." },
  source: { type: "api:conversations" },
  quotedMessage: null,
  metadata: { order: 7 },
  deleted: null,
};

export const exampleWebhook = {
  id: EXAMPLE_IDS.webhookId,
  version: "v2" as const,
  target: "https://you.example/hook",
  triggers: ["conversation:message"],
  includeFullUser: false,
  includeFullSource: false,
  secret: "hV4o9Wm2cQx7Lr0tYb3sKd",
  signingSecret: "whsec_bm90IGEgc2VjcmV0LCBvbmx5IGFuIGV4YW1wbGU=",
};

export const instagramIntegration = {
  id: EXAMPLE_IDS.integrationId,
  type: "instagram" as const,
  status: "active" as const,
  displayName: "Nora Ceramics",
  appId: "1203948576102938",
  pageId: "1755847768034402",
  businessId: "17841400000000001",
  businessName: "Nora Ceramics",
  businessUsername: "nora.ceramics",
  username: "Nora Keller",
  storyRepliesEnabled: true,
  storyMentionsEnabled: true,
  showAIDisclaimer: false,
};

export const customIntegration = {
  id: CUSTOM_INTEGRATION_ID,
  type: "custom" as const,
  status: "active" as const,
  displayName: "My program",
  webhooks: [exampleWebhook],
};

const PEOPLE_ID = "019a2b3c4d5e6f7081921002";

export const exampleSwitchboard = {
  id: EXAMPLE_IDS.switchboardId,
  enabled: true,
  defaultSwitchboardIntegrationId: EXAMPLE_IDS.switchboardIntegrationId,
};

export const botAtSwitchboard = {
  id: EXAMPLE_IDS.switchboardIntegrationId,
  name: "faq-bot",
  integrationId: CUSTOM_INTEGRATION_ID,
  integrationType: "custom",
  deliverStandbyEvents: true,
  nextSwitchboardIntegrationId: PEOPLE_ID,
  bot: true,
};

export const peopleAtSwitchboard = {
  id: PEOPLE_ID,
  name: "people",
  integrationId: PEOPLE_ID,
  integrationType: "replydesk:inbox",
  deliverStandbyEvents: true,
  bot: false,
};

export const exampleKey = { id: EXAMPLE_IDS.keyId, displayName: "Helpdesk", people: true };

export const toldKey = { ...exampleKey, secret: "hV4o9Wm2cQx7Lr0tYb3sKdPz8NfU1aEj" };

export const lastPage = { meta: { hasMore: false }, links: {} };

export const exampleMediaUrl = "https://desk.example/attachments/Qm9hcmRpbmcgcGFzcyBmb3IgYSBib3ds";

/** Bodies of the public API with every field that they may have, by operation; the ids in them belong to nothing. */

const ID = "0123456789abcdef01234567";
const uri = "https://shop.example/";
const metadata = { order: 7, vip: true, tier: "gold" };
const common = { text: "Look", metadata };
const link = {
  type: "link",
  ...common,
  uri,
  default: true,
  extraChannelOptions: { messenger: { messenger_extensions: true, webview_share_button: "hide" } },
};
const postback = { type: "postback", ...common, payload: "MORE" };
const webview = {
  type: "webview",
  ...common,
  uri,
  fallback: uri,
  size: "tall",
  default: false,
  openOnReceive: false,
  extraChannelOptions: {},
};
const buy = { type: "buy", ...common, amount: 1200, currency: "eur" };
const item = {
  title: "Blue mug",
  description: "Stoneware",
  mediaUrl: uri,
  mediaType: "image/png",
  altText: "A mug",
  size: "compact",
  actions: [link, postback, webview],
  metadata,
};
const field = { name: "size", label: "Size", placeholder: "M" };

const CONTENTS = [
  {
    type: "text",
    text: "Which one?",
    htmlText: "<b>Which</b> one?",
    payload: "ASKED",
    blockChatInput: false,
    actions: [link, postback, webview, buy],
  },
  {
    type: "text",
    markdownText: "**Which** one?",
    actions: [
      { type: "reply", ...common, payload: "BLUE", iconUrl: uri },
      { type: "locationRequest", ...common },
    ],
  },
  {
    type: "image",
    mediaUrl: uri,
    text: "The blue one",
    htmlText: "The <i>blue</i> one",
    altText: "A mug",
    mediaType: "image/png",
    mediaSize: 1200,
    attachmentId: ID,
    actions: [link],
    blockChatInput: true,
  },
  { type: "file", mediaUrl: uri, text: "The list", markdownText: "The list", altText: "prices.pdf", mediaType: "a/b" },
  { type: "carousel", text: "Mugs", items: [item], displaySettings: { imageAspectRatio: "square" } },
  { type: "list", text: "Mugs", items: [item], actions: [buy] },
  {
    type: "location",
    text: "Here",
    coordinates: { lat: 38.7, long: -9.1 },
    location: { name: "Shop", address: "Rua" },
  },
  {
    type: "form",
    text: "Tell us",
    blockChatInput: true,
    fields: [
      { type: "text", ...field, minSize: 1, maxSize: 128 },
      { type: "email", ...field },
      { type: "select", ...field, options: [{ name: "m", label: "M" }] },
    ],
  },
];

const business = { type: "business", displayName: "Nora", avatarUrl: uri };
const webhook = { target: uri, triggers: ["conversation:message"], includeFullUser: true, includeFullSource: true };
const profile = { givenName: "Ana", surname: "Lima", email: "ana@lima.example", avatarUrl: uri, locale: "pt-BR" };
const user = { signedUpAt: "2026-01-02T03:04:05.678Z", toBeRetained: false, profile, metadata };
const named = { displayName: "Order 7", description: "A blue mug", iconUrl: uri, metadata };

const app = {
  displayName: "Shop",
  settings: { conversationRetentionSeconds: 0, maskCreditCardNumbers: true, multiConvoEnabled: false },
  metadata,
};

export const GOOD_BODIES: Record<string, object[]> = {
  PostMessage: [
    ...CONTENTS.map((content) => ({ author: business, content })),
    {
      author: { ...business, subtypes: ["AI"], brandId: ID },
      content: { type: "text", text: "x" },
      destination: { integrationId: ID },
      metadata,
    },
    {
      author: business,
      content: { type: "text", text: "x" },
      override: { instagram: { payload: { message: { text: "x" } } } },
    },
    {
      author: { type: "user", userId: ID, userExternalId: "crm-7", displayName: "Ana", avatarUrl: uri, brandId: ID },
      content: { type: "text", text: "x" },
    },
  ],
  PostActivity: [
    { author: business, type: "typing:start" },
    { author: { type: "user", userId: ID }, type: "conversation:read" },
  ],
  CreateConversation: [
    { type: "personal", participants: [{ userId: ID, subscribeSDKClient: false }], ...named },
    { type: "personal", participants: [{ userExternalId: "crm-7" }] },
  ],
  UpdateConversation: [named],
  JoinConversation: [{ userId: ID, subscribeSDKClient: true }],
  LeaveConversation: [{ userId: ID }, { participantId: ID }],
  CreateUser: [{ externalId: "crm-7", ...user }],
  UpdateUser: [{ externalId: "crm-7", ...user }],
  CreateIntegration: [
    { type: "custom", displayName: "Bot", webhooks: [webhook] },
    {
      type: "instagram",
      displayName: "Shop",
      appId: "455667788990011",
      appSecret: "abcdefabcdefabcdefabcdefabcdef01",
      pageAccessToken: "EAAB0123456789012345678901234567",
      defaultResponderId: ID,
    },
  ],
  UpdateIntegration: [
    {
      storyRepliesEnabled: true,
      storyMentionsEnabled: false,
      showAIDisclaimer: true,
      pageAccessToken: "EAAB0123456789012345678901234567",
      displayName: "Bot",
      defaultResponderId: ID,
    },
  ],
  UpdateSwitchboard: [{ enabled: true, defaultSwitchboardIntegrationId: ID }],
  CreateSwitchboardIntegration: [
    {
      name: "bot",
      integrationId: ID,
      deliverStandbyEvents: false,
      nextSwitchboardIntegrationId: ID,
      messageHistoryCount: 3,
      bot: true,
    },
    { name: "people", integrationType: "replydesk:inbox" },
  ],
  UpdateSwitchboardIntegration: [
    { name: "bot", integrationId: ID, deliverStandbyEvents: false, messageHistoryCount: 3 },
  ],
  PassControl: [{ switchboardIntegration: "next", reason: "ticketClosed", metadata }],
  OfferControl: [{ switchboardIntegration: "people", metadata }],
  AcceptControl: [{ metadata }],
  ReleaseControl: [{ reason: "transferToEmail", metadata }],
  CreateWebhook: [webhook],
  UpdateWebhook: [webhook],
  CreateApp: [app],
  UpdateApp: [app],
  CreateAppKey: [{ displayName: "Helpdesk", people: true }],
  CreateCustomIntegrationKey: [{ displayName: "Helpdesk", people: true }],
  DeleteAttachment: [{ mediaUrl: uri }],
};

/** The client brings no types of its own: its classes and methods by name. */
declare module "sunshine-conversations-client" {
  // biome-ignore lint/suspicious/noExplicitAny: what it answers is checked field by field in the tests
  type Answer = Record<string, any>;
  type WithHttpInfo = { response: { body: Answer } };
  type Method =
    | "acceptControl"
    | "authorize"
    | "createApp"
    | "createAppKey"
    | "createClient"
    | "createConversation"
    | "createCustomIntegrationKey"
    | "createIntegration"
    | "createSwitchboard"
    | "createSwitchboardIntegration"
    | "createUser"
    | "createWebhook"
    | "deleteAllMessages"
    | "deleteApp"
    | "deleteAppKey"
    | "deleteAttachment"
    | "deleteConversation"
    | "deleteCustomIntegrationKey"
    | "deleteIntegration"
    | "deleteMessage"
    | "deleteSwitchboard"
    | "deleteSwitchboardIntegration"
    | "deleteUser"
    | "deleteUserPersonalInformation"
    | "deleteWebhook"
    | "downloadMessageRef"
    | "getApp"
    | "getAppKey"
    | "getConversation"
    | "getCustomIntegrationKey"
    | "getDevice"
    | "getIntegration"
    | "getToken"
    | "getUser"
    | "getWebhook"
    | "joinConversation"
    | "leaveConversation"
    | "listAppKeys"
    | "listApps"
    | "listClients"
    | "listConversations"
    | "listCustomIntegrationKeys"
    | "listDevices"
    | "listIntegrations"
    | "listMessages"
    | "listParticipants"
    | "listSwitchboardIntegrations"
    | "listSwitchboards"
    | "listWebhooks"
    | "offerControl"
    | "passControl"
    | "postActivity"
    | "postMessage"
    | "releaseControl"
    | "removeClient"
    | "revokeAccess"
    | "updateApp"
    | "updateConversation"
    | "updateIntegration"
    | "updateSwitchboard"
    | "updateSwitchboardIntegration"
    | "updateUser"
    | "updateWebhook"
    | "uploadAttachment";
  type Api = { [Name in Method]: (...given: unknown[]) => Promise<Answer> } & {
    [Name in `${Method}WithHttpInfo`]: (...given: unknown[]) => Promise<WithHttpInfo>;
  };
  type ApiName =
    | "ActivitiesApi"
    | "AppKeysApi"
    | "AppsApi"
    | "AttachmentsApi"
    | "ClientsApi"
    | "ConversationsApi"
    | "CustomIntegrationApiKeysApi"
    | "DevicesApi"
    | "IntegrationsApi"
    | "MessagesApi"
    | "OAuthEndpointsApi"
    | "ParticipantsApi"
    | "SwitchboardActionsApi"
    | "SwitchboardIntegrationsApi"
    | "SwitchboardsApi"
    | "UsersApi"
    | "WebhooksApi";
  class ApiClient {
    basePath: string;
    timeout: number;
    defaultHeaders: Record<string, string>;
    authentications: { basicAuth: { username: string; password: string }; bearerAuth: { accessToken: string } };
  }
  const client: { ApiClient: typeof ApiClient } & { [Name in ApiName]: new (client: ApiClient) => Api };
  export default client;
}

/** Every column that holds an encrypted secret, with the SQL for what its rows are bound to. */
export const SEALED_COLUMNS: { table: string; column: string; boundTo: string }[] = [
  { table: "channel", column: "token_sealed", boundTo: "'channel:' || id" },
  { table: "connect_attempt", column: "user_token_sealed", boundTo: "'connect-attempt:' || id" },
  { table: "facebook_app", column: "secret_sealed", boundTo: "'facebook-app:' || workspace_id || ':' || id" },
  { table: "api_key", column: "secret_sealed", boundTo: "'api-key:' || id" },
  { table: "webhook", column: "secret_sealed", boundTo: "'webhook:' || id" },
  { table: "webhook", column: "signing_secret_sealed", boundTo: "'webhook-signing:' || id" },
  { table: "sealed_key", column: "sealed", boundTo: "'key:' || name" },
];

/** Settings that every process under test needs; call it before the first `env()` of a file. */
export function useSettings(changes: Record<string, string> = {}): void {
  Object.assign(process.env, {
    NODE_ENV: "test",
    AUTH_SECRET: "auth-secret-of-the-tests-0123456789",
    ENCRYPTION_KEY: "encryption-key-of-the-tests-0123456789",
    FACEBOOK_APP_ID: "900100200300",
    FACEBOOK_APP_SECRET: "0123456789abcdef0123456789abcdef",
    FACEBOOK_WEBHOOK_VERIFY_TOKEN: "verify-token-of-the-tests",
    LOG_LEVEL: "silent",
    ...changes,
  });
}

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoginConfiguration } from "./world/types";

export interface AppRegistration {
  id: string;
  secret: string;
  name?: string;
  redirectUris?: string[];
  webhookUrl?: string | null;
  verifyToken?: string | null;
  deauthorizeUrl?: string | null;
  dataDeletionUrl?: string | null;
  requireProof?: boolean;
  humanAgent?: boolean;
  sdkDomains?: string[];
  configurations?: LoginConfiguration[];
}

export interface EmulatorOptions {
  port: number;
  host: string;
  /** Without a slash at the end. Empty: made from host and port once it listens. */
  publicUrl: string;
  dataDir: string | null;
  phoneDir: string;
  apps: AppRegistration[];
  log: (message: string) => void;
}

/** Options from `EMULATOR_*`; see README.md. */
export function optionsFromEnv(env: NodeJS.ProcessEnv): EmulatorOptions {
  const port = Number(env.EMULATOR_PORT || 4000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error("EMULATOR_PORT has to be a port number.");
  const list = (value: string | undefined) =>
    (value ?? "")
      .split(",")
      .map((one) => one.trim())
      .filter(Boolean);
  const { EMULATOR_APP_ID: id, EMULATOR_APP_SECRET: secret } = env;
  if (Boolean(id) !== Boolean(secret))
    throw new Error("EMULATOR_APP_ID and EMULATOR_APP_SECRET have to be given together.");
  return {
    port,
    host: env.EMULATOR_HOST || "127.0.0.1",
    publicUrl: (env.EMULATOR_PUBLIC_URL ?? "").replace(/\/$/, ""),
    dataDir: env.EMULATOR_DATA_DIR || null,
    phoneDir: env.EMULATOR_PHONE_DIR || defaultPhoneDir(),
    apps:
      id && secret
        ? [
            {
              id,
              secret,
              name: env.EMULATOR_APP_NAME || "Replydesk",
              redirectUris: list(env.EMULATOR_REDIRECT_URIS),
              webhookUrl: env.EMULATOR_WEBHOOK_URL || null,
              verifyToken: env.EMULATOR_WEBHOOK_VERIFY_TOKEN || null,
              deauthorizeUrl: env.EMULATOR_DEAUTHORIZE_URL || null,
              dataDeletionUrl: env.EMULATOR_DATA_DELETION_URL || null,
              configurations: env.EMULATOR_LOGIN_CONFIG_ID ? [connectConfiguration(env.EMULATOR_LOGIN_CONFIG_ID)] : [],
            },
          ]
        : [],
    log: (message) => console.log(message),
  };
}

/** A configuration that asks for what an inbox needs. */
export function connectConfiguration(id: string): LoginConfiguration {
  return {
    id,
    name: "Instagram messages",
    scopes: [
      "public_profile",
      "pages_show_list",
      "pages_manage_metadata",
      "pages_messaging",
      "pages_read_engagement",
      "instagram_basic",
      "instagram_manage_messages",
      "business_management",
    ],
    tokenType: "user",
  };
}

export function defaultPhoneDir(): string {
  return join(dirname(fileURLToPath(import.meta.url)), "phone", "dist");
}

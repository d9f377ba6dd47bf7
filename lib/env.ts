import { isIP } from "node:net";
import { z } from "zod";

const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""));
const secret = z.string().min(32, "needs at least 32 characters");

/** `10.0.0.0/8,fd00::/8` as what a BlockList takes. */
const subnets = z
  .string()
  .default("")
  .transform((value, context) =>
    value
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .flatMap((part): [string, number, "ipv4" | "ipv6"][] => {
        const [network = "", prefix = ""] = part.split("/");
        const version = isIP(network);
        const bits = Number(prefix);
        if (version !== 0 && /^\d+$/.test(prefix) && bits <= (version === 6 ? 128 : 32))
          return [[network, bits, version === 6 ? "ipv6" : "ipv4"]];
        context.addIssue(`has “${part}”, which is no network like 10.0.0.0/8`);
        return [];
      }),
  );

const schema = z
  .object({
    NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    HOST: z.string().min(1).default("0.0.0.0"),
    APP_URL: url.optional(),
    AUTH_SECRET: secret,
    ENCRYPTION_KEY: secret,
    DATABASE_URL: z
      .string()
      .regex(/^(postgres|postgresql|socket):/, "is not a PostgreSQL address")
      .optional(),
    FACEBOOK_APP_ID: z.string().regex(/^\d+$/, "is the number on the dashboard of your Facebook app"),
    FACEBOOK_APP_SECRET: z.string().min(16, "is the secret on the dashboard of your Facebook app"),
    FACEBOOK_LOGIN_CONFIG_ID: z
      .string()
      .regex(/^\d+$/, "is the number of a configuration of Facebook Login for Business")
      .optional(),
    FACEBOOK_WEBHOOK_VERIFY_TOKEN: z.string().min(8, "needs at least 8 characters of your choice"),
    FACEBOOK_GRAPH_VERSION: z
      .string()
      .regex(/^v\d+\.\d+$/, "looks like v26.0")
      .default("v26.0"),
    FACEBOOK_GRAPH_URL: url.default("https://graph.facebook.com"),
    FACEBOOK_WEB_URL: url.default("https://www.facebook.com"),
    FACEBOOK_SDK_URL: url.default("https://connect.facebook.net/en_US/sdk.js"),
    OUTBOUND_ALLOW_CIDRS: subnets,
    WORKER: z.enum(["on", "off"]).default("on"),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    DATA_DIR: z.string().min(1).default(".data"),
    EMULATOR_PORT: z.coerce.number().int().min(0).max(65535).default(4000),
    OPERATOR_NAME: z.string().min(1).max(200).optional(),
    OPERATOR_CONTACT: z.string().min(1).max(200).optional(),
    DEMO_PHONE_URL: url.optional(),
    METRICS_TOKEN: z.string().min(16).optional(),
  })
  .transform((env) => ({ ...env, APP_URL: env.APP_URL ?? `http://localhost:${env.PORT}` }));

export type Env = z.output<typeof schema>;

/** Reads and checks the settings; `problems` names each setting that is missing or wrong, in words. */
export function readEnv(
  source: Record<string, string | undefined> = process.env,
): { env: Env; problems: [] } | { env: null; problems: string[] } {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { env: parsed.data, problems: [] };
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return given[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`;
  });
  return { env: null, problems };
}

let current: Env | null = null;

/** The settings of this process; throws one readable message when they cannot be used. */
export function env(): Env {
  if (current) return current;
  const read = readEnv();
  if (!read.env) throw new Error(`The settings cannot be used: ${read.problems.join("; ")}. See .env.example.`);
  current = read.env;
  return current;
}

import { REQUIRED_SCOPES, type RequiredScope } from "../login-scopes";

export type DoctorLine =
  | "sign_in"
  | `permission:${RequiredScope}`
  | "page_role"
  | "page_link"
  | "professional_account"
  | "message_access"
  | "app_subscription"
  | "page_subscription"
  | "deliveries"
  | "human_agent"
  | "token";

export const PERMISSION_LINES = (Object.keys(REQUIRED_SCOPES) as RequiredScope[]).map(
  (scope) => `permission:${scope}` as const,
);

/** Every part of a connection, in the order in which a person reads them. */
export const DOCTOR_LINES: DoctorLine[] = [
  "sign_in",
  ...PERMISSION_LINES,
  "page_role",
  "page_link",
  "professional_account",
  "message_access",
  "app_subscription",
  "page_subscription",
  "deliveries",
  "human_agent",
  "token",
];

const KEY: DoctorLine[] = ["sign_in", "token"];
const PAGE: DoctorLine[] = [...KEY, "permission:pages_show_list", "page_role"];
const ACCOUNT: DoctorLine[] = [...PAGE, "permission:instagram_basic", "page_link"];

/** What has to be well before a line can be judged; written so that nothing stands before what it needs. */
const NEEDS: [DoctorLine, DoctorLine[]][] = [
  ["sign_in", []],
  ["token", ["sign_in"]],
  ...PERMISSION_LINES.map((line): [DoctorLine, DoctorLine[]] => [line, KEY]),
  ["page_role", [...KEY, "permission:pages_show_list"]],
  ["page_link", [...PAGE, "permission:instagram_basic"]],
  ["professional_account", ACCOUNT],
  [
    "message_access",
    [...ACCOUNT, "professional_account", "permission:instagram_manage_messages", "permission:pages_manage_metadata"],
  ],
  ["app_subscription", []],
  ["page_subscription", [...PAGE, "permission:pages_manage_metadata", "permission:pages_messaging"]],
  ["deliveries", ["message_access", "app_subscription", "page_subscription", "permission:pages_read_engagement"]],
  ["human_agent", []],
];

export type Diagnosis = {
  /** The one thing to mend first. */
  cause: DoctorLine | null;
  /** Lines that cannot be judged before the cause is mended, and those that are looked at after it. */
  waiting: Set<DoctorLine>;
};

/**
 * Names the one cause among what was found bad: the first that nothing else explains. What depends on it, and whatever
 * else is bad, waits for it.
 */
export function diagnose(bad: ReadonlySet<string>): Diagnosis {
  const cause = NEEDS.find(([line]) => bad.has(line))?.[0] ?? null;
  if (cause === null) return { cause, waiting: new Set() };
  const waiting = new Set<DoctorLine>();
  for (const [line, needs] of NEEDS) {
    if (line === cause) continue;
    if (bad.has(line) || needs.some((need) => need === cause || waiting.has(need))) waiting.add(line);
  }
  return { cause, waiting };
}

/** What a line needs, as it is written. */
export function needsOf(line: DoctorLine): DoctorLine[] {
  return NEEDS.find(([name]) => name === line)?.[1] ?? [];
}

export function isDoctorLine(line: string): line is DoctorLine {
  return (DOCTOR_LINES as string[]).includes(line);
}

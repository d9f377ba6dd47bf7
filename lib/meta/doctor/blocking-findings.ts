import type { Finding } from "../../inbox/channel-finding";

/** Without these no message can be sent; without the others only some things do not come in, or late replies are refused. */
const BLOCKING = new Set([
  "sign_in",
  "token",
  "permission:instagram_basic",
  "permission:instagram_manage_messages",
  "permission:pages_messaging",
  "page_link",
  "professional_account",
  "message_access",
]);

/** Whether a bad finding stops every answer, so that sends wait instead of being tried. */
export function isBlocking({ line, code }: Pick<Finding, "line" | "code">): boolean {
  if (line === "page_role") return code !== "no_moderate";
  return BLOCKING.has(line) || code === "unticked";
}

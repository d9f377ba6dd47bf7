import type { Page } from "../world/types";
import { requireScope, requireTask } from "./access";
import type { Access, GraphCall } from "./graph-call";

/** What reading conversations takes: permissions and the task. */
export function requireReading(call: GraphCall, access: Access, page: Page): void {
  requireScope(call, access, "instagram_basic", "instagram_manage_messages", "pages_manage_metadata");
  requireTask(page, access, "MESSAGING");
}

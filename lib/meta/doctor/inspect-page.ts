import { z } from "zod";
import type { Finding } from "../../inbox/channel-finding";
import type { CheckTarget } from "../../inbox/read-check-target";
import type { GraphRequest } from "../graph-client";
import type { GraphFailure } from "../graph-read";
import { missingTasks } from "../page-tasks";
import { askGraph } from "./ask-graph";
import { badFinding, causeOfError } from "./error-cause";

const TIMEOUT_MS = 15_000;

const account = z
  .object({ id: z.string(), username: z.string().max(100).nullish().catch(null) })
  .nullish()
  .catch(null);
const page = z.object({
  tasks: z.array(z.string()).nullish().catch(null),
  instagram_business_account: account,
  connected_instagram_account: account,
});

type Token = NonNullable<GraphRequest["token"]>;

/** Reads the Page with its own key: what its person may do there, and which Instagram account it speaks for. */
export async function inspectPage(target: CheckTarget, token: Token, seesAccount: boolean): Promise<Finding[]> {
  // Without instagram_basic, asking for the account can fail the whole answer.
  const accounts = seesAccount
    ? ",instagram_business_account{id,username},connected_instagram_account{id,username}"
    : "";
  const params = { fields: `id,tasks${accounts}` };
  const answer = await askGraph(
    { method: "GET", path: `/${target.pageId}`, params, token, timeoutMs: TIMEOUT_MS },
    page,
  );
  if (answer === "no_answer") return [];
  if ("refused" in answer) return [refusedPage(answer.refused)];
  const told = answer.told;
  return [role(told.tasks ?? null), ...(seesAccount ? link(target, told) : [])];
}

function refusedPage(refused: GraphFailure): Finding {
  return badFinding(causeOfError(refused) ?? causeOfClosedPage(refused));
}

/** What a refusal means on the Page's own doors. */
export function causeOfClosedPage({ code, subcode }: GraphFailure): { line: "sign_in" | "page_role"; code: string } {
  if (subcode === 2018027 || subcode === 2018028) return { line: "sign_in", code: "app_development" };
  return { line: "page_role", code: code === 100 ? "gone" : "refused" };
}

function role(tasks: string[] | null): Finding {
  if (tasks === null) return { line: "page_role", state: "unknown", code: "not_told", evidence: {} };
  const missing = missingTasks(tasks);
  if (missing.length === 0) return { line: "page_role", state: "good", code: "allowed", evidence: {} };
  const both = missing.length === 2;
  const code = both ? "no_tasks" : missing[0] === "MESSAGING" ? "no_messaging" : "no_moderate";
  return badFinding({ line: "page_role", code });
}

function link(target: CheckTarget, told: z.output<typeof page>): Finding[] {
  const professional = told.instagram_business_account;
  const linked = professional ?? told.connected_instagram_account;
  const evidence = { username: linked?.username ?? null };
  if (!linked) return [badFinding({ line: "page_link", code: "unlinked" })];
  if (linked.id !== target.accountId) return [badFinding({ line: "page_link", code: "moved" }, evidence)];
  const fits: Finding = { line: "page_link", state: "good", code: "linked", evidence };
  return professional
    ? [fits, { line: "professional_account", state: "good", code: "professional", evidence }]
    : [fits, badFinding({ line: "professional_account", code: "personal" }, evidence)];
}

import type { ChannelClaim } from "../inbox/find-channel-claims";
import type { RequiredScope } from "./login-scopes";
import type { InspectedToken } from "./login-token";
import type { LoginPage } from "./page-node";
import { missingTasks, TASKS } from "./page-tasks";

export type ConnectFacts = {
  personName: string;
  missing: RequiredScope[];
  targets: InspectedToken["targets"];
  claims: Map<string, ChannelClaim>;
  /** The channel that is to be reconnected, if it began there. */
  channelId: string | null;
};

/** Why a Page cannot be connected and how that is mended, in words; null when it can. */
export function connectObstacle(page: LoginPage, facts: ConnectFacts): string | null {
  const { account } = page;
  if (!account && facts.missing.includes("instagram_basic"))
    return "Facebook does not show its Instagram account without the permission instagram_basic.";
  if (isUntickedPage(page.id, facts.targets)) return NOT_TICKED;
  if (!account && page.token === null) return noRole(page, facts.personName);
  if (!account && page.otherAccount) {
    return `@${page.otherAccount} is linked to this Page, but is no professional account. Switch it in the Instagram app under Settings → Account type and tools, then ask Facebook again.`;
  }
  if (!account) {
    return "No Instagram professional account is linked to this Page, or it was not ticked in Facebook's dialog. Link it in the Page's settings under “Linked accounts”, then ask Facebook again.";
  }
  if (facts.missing.length > 0) return `Not allowed in Facebook's dialog: ${facts.missing.join(", ")}.`;
  if (isUntickedAccount(account.id, facts.targets)) return NOT_TICKED;
  if (page.token === null) return noRole(page, facts.personName);
  const tasks = missingTasks(page.tasks);
  if (tasks.length > 0) {
    return `${facts.personName} may not do ${tasks.map((task) => `“${TASKS[task]}”`).join(" and ")} on this Page. Someone with full control of the Page can allow it in the Page's settings under “Page access” (Facebook's names: ${tasks.join(", ")}).`;
  }
  if (!account.username)
    return "Facebook does not tell this account's name. Open it once in the Instagram app, then ask Facebook again.";
  return claimObstacle(facts.claims.get(account.id), facts.channelId);
}

const NOT_TICKED =
  "It was not ticked in Facebook's dialog. Ask Facebook again and choose “Edit previous settings” there.";

/** Page permissions are given for Pages, Instagram permissions for accounts; one without targets is for all. */
function isUntickedPage(pageId: string, targets: ConnectFacts["targets"]): boolean {
  return [...targets].some(([scope, ids]) => scope.startsWith("pages_") && !ids.includes(pageId));
}

function isUntickedAccount(accountId: string, targets: ConnectFacts["targets"]): boolean {
  return [...targets].some(
    ([scope, ids]) =>
      (scope === "instagram_basic" || scope === "instagram_manage_messages") && !ids.includes(accountId),
  );
}

function noRole({ portfolio }: LoginPage, personName: string): string {
  return portfolio
    ? `${personName} has no role on this Page of the portfolio “${portfolio}”. Its admin gives one in the business settings under “Pages”; then ask Facebook again.`
    : `${personName} has no role on this Page. Someone with full control gives access in the Page's settings under “Page access”; then ask Facebook again.`;
}

function claimObstacle(claim: ChannelClaim | undefined, reconnecting: string | null): string | null {
  if (claim?.by === "others")
    return "Connected in another workspace of this desk. It has to be disconnected there first.";
  if (claim?.by === "us" && claim.state === "healthy" && claim.channelId !== reconnecting)
    return "Already connected here.";
  return null;
}

import type { ChannelClaim } from "../inbox/find-channel-claims";
import type { LoginPage } from "./login-pages";
import type { RequiredScope } from "./login-scopes";
import type { InspectedToken } from "./login-token";

export type ConnectFacts = {
  personName: string;
  missing: RequiredScope[];
  targets: InspectedToken["targets"];
  claims: Map<string, ChannelClaim>;
  /** The channel that is to be reconnected, if it began there. */
  channelId: string | null;
};

/** What Facebook calls the tasks that a connection needs, in its own settings. */
const TASKS = { MESSAGING: "Messages", MODERATE: "Community activity" } as const;

/** Why a Page cannot be connected and how that is mended, in words; null when it can. */
export function connectObstacle(page: LoginPage, facts: ConnectFacts): string | null {
  const { account } = page;
  if (!account && facts.missing.includes("instagram_basic"))
    return "Facebook does not show its Instagram account without the permission instagram_basic.";
  if (!account) {
    return "No Instagram professional account is linked to this Page, or it was not ticked in Facebook's dialog. Link it in the Page's settings under “Linked accounts”, then ask Facebook again.";
  }
  if (facts.missing.length > 0) return `Not allowed in Facebook's dialog: ${facts.missing.join(", ")}.`;
  if (isUnticked(page.id, account.id, facts.targets))
    return "It was not ticked in Facebook's dialog. Ask Facebook again and choose “Edit previous settings” there.";
  const tasks = missingTasks(page.tasks);
  if (tasks.length > 0) {
    return `${facts.personName} may not do ${tasks.map((task) => `“${TASKS[task]}”`).join(" and ")} on this Page. Someone with full control of the Page can allow it in the Page's settings under “Page access” (Facebook's names: ${tasks.join(", ")}).`;
  }
  if (!account.username)
    return "Facebook does not tell this account's name. Open it once in the Instagram app, then ask Facebook again.";
  return claimObstacle(facts.claims.get(account.id), facts.channelId);
}

/** Page permissions are given for Pages, Instagram permissions for accounts; one without targets is for all. */
function isUnticked(pageId: string, accountId: string, targets: ConnectFacts["targets"]): boolean {
  return [...targets].some(
    ([scope, ids]) =>
      (scope.startsWith("pages_") && !ids.includes(pageId)) ||
      ((scope === "instagram_basic" || scope === "instagram_manage_messages") && !ids.includes(accountId)),
  );
}

/** Pages of the newer kind carry the same tasks under other names. */
function missingTasks(tasks: string[] | null): (keyof typeof TASKS)[] {
  if (!tasks || tasks.includes("PROFILE_PLUS_FULL_CONTROL")) return [];
  return (["MESSAGING", "MODERATE"] as const).filter(
    (task) => !tasks.includes(task) && !tasks.includes(`PROFILE_PLUS_${task}`),
  );
}

function claimObstacle(claim: ChannelClaim | undefined, reconnecting: string | null): string | null {
  if (claim?.by === "others")
    return "Connected in another workspace of this desk. It has to be disconnected there first.";
  if (claim?.by === "us" && claim.state === "healthy" && claim.channelId !== reconnecting)
    return "Already connected here.";
  return null;
}

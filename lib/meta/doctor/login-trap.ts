import type { RememberedLogin } from "../../inbox/read-login-memory";
import { missingScopes, type RequiredScope } from "../login-scopes";

/** What Facebook gave twice without: it remembers an earlier answer and does not ask anew. */
export type LoginTrap = {
  personName: string;
  permissions: RequiredScope[];
  /** The Page that was wanted is not among the ticked ones either time. */
  page: boolean;
};

/**
 * Whether asking again was in vain: after it the same person's login lacks the same permission, or the same Page.
 * @param logins the newest first. @param pageId the Page that is wanted, where one is
 */
export function findLoginTrap(logins: RememberedLogin[], pageId: string | null): LoginTrap | null {
  const last = logins.find(({ permissions }) => permissions !== null);
  if (!last?.askedAgain) return null;
  const before = logins.find((one) => one.at < last.at && one.permissions !== null && one.personId === last.personId);
  if (!before) return null;
  const lacked = new Set(missingScopes(before.permissions ?? {}));
  const permissions = missingScopes(last.permissions ?? {}).filter((scope) => lacked.has(scope));
  const page = pageId !== null && lacksPage(last, pageId) && lacksPage(before, pageId);
  if (permissions.length === 0 && !page) return null;
  return { personName: last.personName ?? "You", permissions, page };
}

/** Only of the Pages' permissions: what is not there is for all. */
function lacksPage({ targets }: RememberedLogin, pageId: string): boolean {
  return Object.entries(targets ?? {}).some(([scope, ids]) => scope.startsWith("pages_") && !ids.includes(pageId));
}

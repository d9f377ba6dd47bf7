/** Permissions without which a channel cannot work, each with what the desk does with it. */
export const REQUIRED_SCOPES = {
  instagram_basic: "to see which Instagram account belongs to a Page",
  instagram_manage_messages: "to read the account's messages and to answer them",
  pages_manage_metadata: "to be told by Facebook when a message comes in",
  pages_show_list: "to list the Pages that you can connect",
  pages_messaging: "to send replies through the Page",
  pages_read_engagement: "to receive what Facebook says about the Page's messages",
} as const;

export type RequiredScope = keyof typeof REQUIRED_SCOPES;

/** Shows Pages that belong to a Meta business portfolio; its lack blocks nothing. */
export const PORTFOLIO_SCOPE = "business_management";

export const LOGIN_SCOPES = [...(Object.keys(REQUIRED_SCOPES) as RequiredScope[]), PORTFOLIO_SCOPE];

/** What a Page's own token needs: nobody lists Pages with it. */
export const PAGE_TOKEN_SCOPES = (Object.keys(REQUIRED_SCOPES) as RequiredScope[]).filter(
  (scope) => scope !== "pages_show_list",
);

/** The required permissions that a person did not give. @param permissions status by permission, as Graph tells it */
export function missingScopes(
  permissions: Record<string, string>,
  required = Object.keys(REQUIRED_SCOPES) as RequiredScope[],
): RequiredScope[] {
  return required.filter((scope) => permissions[scope] !== "granted");
}

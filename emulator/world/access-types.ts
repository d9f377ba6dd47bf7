/** Who may do what: grants of people to apps, codes, tokens, subscriptions. Times are milliseconds. */

export interface Grant {
  personId: string;
  appId: string;
  granted: string[];
  declined: string[];
  /** null: Pages were never asked for; "all": all current and future ones. */
  pages: string[] | "all" | null;
  /** Business portfolios, in the same way. */
  businesses: string[] | "all" | null;
}

export interface Token {
  value: string;
  kind: "user" | "page";
  appId: string;
  personId: string;
  pageId: string | null;
  /** Set when it belongs to a system user of the business, not to the person who made it. */
  systemUserId: string | null;
  /** The user token from which a page token came. */
  parent: string | null;
  longLived: boolean;
  issuedAt: number;
  /** 0: never. */
  expiresAt: number;
  /** When the person's data may no longer be read without a new login. */
  dataAccessExpiresAt: number;
  death: DeathCause | null;
}

export interface Code {
  value: string;
  appId: string;
  personId: string;
  /** "" for a code that the JavaScript SDK handed out. */
  redirectUri: string;
  /** The origin of the page in which the SDK ran. */
  sdkOrigin: string | null;
  /** It is good for the token of a system user. */
  systemUser: boolean;
  issuedAt: number;
  used: boolean;
}

export interface PageSubscription {
  appId: string;
  pageId: string;
  fields: string[];
}

export type DeathCause = "removed" | "checkpoint" | "password-change" | "expired" | "revoked" | "secret-reset";

import { createHmac } from "node:crypto";
import type { Settings } from "./settings";

/** What the desk needs to read and answer messages. */
const NEEDED = [
  "instagram_basic",
  "instagram_manage_messages",
  "pages_manage_metadata",
  "pages_show_list",
  "pages_messaging",
  "pages_read_engagement",
];
/** Without `business_management`, Facebook leaves out Pages that belong to a business portfolio. */
export const SCOPES = [...NEEDED, "business_management"];

const PAGE_FIELDS = "id,name,tasks,instagram_business_account{id,username}";
const PAGES_PER_CALL = "100";
const MOST_PAGES = 2_000;
const TIMEOUT_MS = 15_000;

/** A Page of the person who logged in; `obstacle` says in words why it cannot be chosen. */
export type Page = { id: string; name: string; username: string | null; obstacle: string | null };

/** Facebook said no. Its own words can repeat a token, so they are not in the message. */
export class FacebookError extends Error {
  constructor(path: string, code: unknown, subcode: unknown) {
    super(`Facebook refused ${path} (code ${code ?? "none"}, subcode ${subcode ?? "none"}).`);
  }
}

export function createFacebook({ facebook, siteUrl }: Settings) {
  const redirectUri = `${siteUrl}/login/answer`;

  /** Everything secret travels in the header or the body: addresses end up in logs. */
  async function graph(
    path: string,
    { token, params = {}, form }: { token?: string; params?: Record<string, string>; form?: Record<string, string> },
  ) {
    const url = new URL(`${facebook.graphUrl}/${facebook.version}${path}`);
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
    // Proves that this server holds the app's secret: with a stolen token alone nobody gets anywhere.
    if (token) url.searchParams.set("appsecret_proof", proofOf(token, facebook.appSecret));
    const response = await fetch(url, {
      method: form ? "POST" : "GET",
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: form ? new URLSearchParams(form) : null,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await response.json();
    if (!response.ok || answer.error) throw new FacebookError(path, answer.error?.code, answer.error?.error_subcode);
    return answer;
  }

  async function tokenFor(grant: Record<string, string>): Promise<string> {
    const form = { client_id: facebook.appId, client_secret: facebook.appSecret, ...grant };
    const { access_token } = await graph("/oauth/access_token", { form });
    return access_token;
  }

  return {
    redirectUri,

    /** @param again shows permissions once more that were declined before: otherwise Facebook remembers and does not ask */
    dialogUrl({ state, again }: { state: string; again: boolean }): string {
      const url = new URL(`${facebook.webUrl}/${facebook.version}/dialog/oauth`);
      url.searchParams.set("client_id", facebook.appId);
      url.searchParams.set("redirect_uri", redirectUri);
      url.searchParams.set("response_type", "code");
      url.searchParams.set("scope", SCOPES.join(","));
      url.searchParams.set("state", state);
      if (again) url.searchParams.set("auth_type", "rerequest");
      return url.href;
    },

    /** The redirect's answer becomes a user token. */
    tokenOfCode: (code: string) => tokenFor({ redirect_uri: redirectUri, code }),

    /** A token of an hour becomes one of two months; Facebook does this only for a token of this very app. */
    prolonged: (userToken: string) => tokenFor({ grant_type: "fb_exchange_token", fb_exchange_token: userToken }),

    /** Who logged in, and which needed permissions they did not give. */
    async person(token: string): Promise<{ person: string; missing: string[] }> {
      const me = await graph("/me", { token, params: { fields: "name,permissions" } });
      const rows: { permission: string; status: string }[] = me.permissions?.data ?? [];
      const granted = rows.filter(({ status }) => status === "granted").map(({ permission }) => permission);
      return { person: me.name, missing: NEEDED.filter((scope) => !granted.includes(scope)) };
    },

    /** All Pages of the person, over every page of the list, without their tokens. */
    async pages(token: string): Promise<Page[]> {
      const pages: Page[] = [];
      let after: string | undefined;
      do {
        const params = { fields: PAGE_FIELDS, limit: PAGES_PER_CALL, ...(after && { after }) };
        const { data, paging } = await graph("/me/accounts", { token, params });
        pages.push(...data.map(asPage));
        after = paging?.next ? paging.cursors?.after : undefined;
      } while (after && pages.length < MOST_PAGES);
      return pages;
    },

    /** The one Page that the person chose, with its token. */
    async pageWithToken(userToken: string, pageId: string): Promise<Page & { token: string | null }> {
      const params = { fields: `${PAGE_FIELDS},access_token` };
      const answer = await graph(`/${encodeURIComponent(pageId)}`, { token: userToken, params });
      return { ...asPage(answer), token: answer.access_token ?? null };
    },
  };
}

type PageNode = {
  id: string;
  name: string;
  tasks?: string[];
  instagram_business_account?: { id: string; username?: string };
};

function asPage({ id, name, tasks, instagram_business_account: account }: PageNode): Page {
  return { id, name, username: account?.username ?? null, obstacle: obstacleOf(account, tasks) };
}

function obstacleOf(account: PageNode["instagram_business_account"], tasks: string[] | undefined): string | null {
  if (!account)
    return "No Instagram professional account is linked. Link one in the Page's settings under “Linked accounts”, then log in again.";
  if (tasks && !tasks.some((task) => task.endsWith("MESSAGING")))
    return "You may not answer messages of this Page. Someone with full control can allow it under “Page access”.";
  return null;
}

function proofOf(token: string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(token).digest("hex");
}

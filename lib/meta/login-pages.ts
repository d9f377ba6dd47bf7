import { z } from "zod";
import { installationApp } from "./facebook-apps";
import { readGraph } from "./graph-read";

const TIMEOUT_MS = 15_000;
/** Graph's own default; larger ones are slow and sometimes refused for people with many Pages. */
const PAGE_SIZE = 25;
/** 10,000 Pages: a guard against cursors that never end. */
const MOST_REQUESTS = 400;

const account = z.object({
  id: z.string().min(1),
  username: z.string().min(1).nullish().catch(null),
  name: z.string().nullish().catch(null),
  profile_picture_url: z.string().nullish().catch(null),
});

const page = z.object({
  id: z.string().min(1),
  name: z.string().catch("Unnamed Page"),
  access_token: z.string().min(1).optional().catch(undefined),
  tasks: z.array(z.string()).nullish().catch(null),
  // A Page without a linked professional account simply lacks the key.
  instagram_business_account: account.nullish().catch(null),
});

const listAnswer = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional(),
});

export type LoginPage = {
  id: string;
  name: string;
  /** What the person may do on the Page; null when Facebook does not say. */
  tasks: string[] | null;
  account: { id: string; username: string | null; name: string | null; pictureUrl: string | null } | null;
  /** Only when asked for. */
  token: string | null;
};

/**
 * Every Page that Facebook lists for this login, to the last page of the list.
 * @throws AppError graph_failed
 */
export async function listLoginPages(
  userToken: string,
  options: { withTokens: boolean; withAccounts: boolean },
): Promise<LoginPage[]> {
  const token = { value: userToken, appSecret: installationApp().secret };
  const fields = [
    "id,name,tasks",
    ...(options.withTokens ? ["access_token"] : []),
    // Without instagram_basic, asking for the account can fail the whole list.
    ...(options.withAccounts ? ["instagram_business_account{id,username,name,profile_picture_url}"] : []),
  ].join(",");
  const pages = new Map<string, LoginPage>();
  let after: string | undefined;
  for (let request = 0; request < MOST_REQUESTS; request += 1) {
    const params = { fields, limit: PAGE_SIZE, ...(after && { after }) };
    const list = await readGraph(
      { method: "GET", path: "/me/accounts", params, token, timeoutMs: TIMEOUT_MS },
      listAnswer,
    );
    for (const item of list.data) {
      const parsed = page.safeParse(item);
      if (parsed.success) pages.set(parsed.data.id, toPage(parsed.data));
    }
    // `next` says that there is more, but carries the token: only its cursor is followed.
    const cursor = list.paging?.next === undefined ? undefined : list.paging.cursors?.after;
    if (cursor === undefined || cursor === after) break;
    after = cursor;
  }
  return [...pages.values()];
}

function toPage(raw: z.output<typeof page>): LoginPage {
  const linked = raw.instagram_business_account;
  return {
    id: raw.id,
    name: raw.name,
    tasks: raw.tasks ?? null,
    account: linked
      ? {
          id: linked.id,
          username: linked.username ?? null,
          name: linked.name ?? null,
          pictureUrl: linked.profile_picture_url ?? null,
        }
      : null,
    token: raw.access_token ?? null,
  };
}

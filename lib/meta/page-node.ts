import { z } from "zod";

const account = z.object({
  id: z.string().min(1),
  username: z.string().min(1).nullish().catch(null),
  name: z.string().nullish().catch(null),
  profile_picture_url: z.string().nullish().catch(null),
});

const node = z.object({
  id: z.string().min(1),
  name: z.string().catch("Unnamed Page"),
  access_token: z.string().min(1).optional().catch(undefined),
  tasks: z.array(z.string()).nullish().catch(null),
  // A Page without a linked professional account simply lacks the key.
  instagram_business_account: account.nullish().catch(null),
  connected_instagram_account: z
    .object({ username: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** A Page as Graph tells it. */
export type LoginPage = {
  id: string;
  name: string;
  /** What the person may do on the Page; null when Facebook does not say. */
  tasks: string[] | null;
  account: { id: string; username: string | null; name: string | null; pictureUrl: string | null } | null;
  /** The name of a linked account that is not a professional one, or is not linked for messages. */
  otherAccount: string | null;
  /** Page token; null when Facebook gives none, for want of a role. */
  token: string | null;
  /** The business portfolio through which it is listed. */
  portfolio: string | null;
};

/**
 * @param options.withAccounts not without instagram_basic: asking for accounts can then fail the whole call
 * @param options.asPage asked with the Page's own token, which tells neither tasks nor itself
 */
export function pageFields(options: { withAccounts: boolean; asPage?: boolean }): string {
  return [
    "id,name",
    ...(options.asPage ? [] : ["tasks,access_token"]),
    ...(options.withAccounts
      ? ["instagram_business_account{id,username,name,profile_picture_url},connected_instagram_account{username}"]
      : []),
  ].join(",");
}

/** @returns null for what is no Page */
export function parsePage(raw: unknown, portfolio: string | null = null): LoginPage | null {
  const parsed = node.safeParse(raw);
  if (!parsed.success) return null;
  const { id, name, tasks, access_token: token } = parsed.data;
  const linked = parsed.data.instagram_business_account;
  return {
    id,
    name,
    tasks: tasks ?? null,
    account: linked
      ? {
          id: linked.id,
          username: linked.username ?? null,
          name: linked.name ?? null,
          pictureUrl: linked.profile_picture_url ?? null,
        }
      : null,
    otherAccount: linked ? null : (parsed.data.connected_instagram_account?.username ?? null),
    token: token ?? null,
    portfolio,
  };
}

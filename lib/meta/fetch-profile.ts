import { z } from "zod";
import { readProfileTarget, recordProfile } from "../inbox/contact-profile";
import type { Ctx } from "../inbox/context";
import type { JobOutcome } from "../queue/job";
import { noteRefusal } from "./doctor/note-refusal";
import { callGraph } from "./graph-client";
import { pageToken } from "./page-token";
import { httpUrl, storableStart } from "./webhook-values";

const words = z
  .string()
  .transform((text) => storableStart(text, 200))
  .nullish();
const body = z.looseObject({
  name: words,
  username: words,
  profile_pic: z.unknown().optional(),
  follower_count: z.number().int().nonnegative().max(2_147_483_647).nullish().catch(null),
  is_user_follow_business: z.boolean().nullish().catch(null),
  is_business_follow_user: z.boolean().nullish().catch(null),
  is_verified_user: z.boolean().nullish().catch(null),
});

const FIELDS =
  "name,username,profile_pic,follower_count,is_user_follow_business,is_business_follow_user,is_verified_user";

/** Meta's codes for a permission that the app does not have; a send is refused with them for other reasons. */
const ACCESS_CODES = new Set([3, 10, 200]);
const NO_ACCESS =
  "The Facebook app may not read profiles. Whoever runs it asks in its App Review for Advanced Access to instagram_manage_messages and for the feature Business Asset User Profile Access.";

/** Looks a customer up at Instagram, beside the message flow: a customer who cannot be looked up is still shown. */
export async function fetchProfile(ctx: Ctx, input: { workspaceId: string; contactId: string }): Promise<JobOutcome> {
  const target = await readProfileTarget(ctx, input);
  if (!target?.tokenSealed) return "done";
  const answer = await callGraph({
    method: "GET",
    path: `/${encodeURIComponent(target.externalId)}`,
    params: { fields: FIELDS },
    token: await pageToken(ctx, { ...target, tokenSealed: target.tokenSealed }),
    timeoutMs: 10_000,
  });
  if (answer.kind === "none") return { again: 30_000, failed: answer.words };
  if (answer.kind === "error") {
    if (answer.error.class === "wait") return { again: answer.error.waitMs ?? 60_000 };
    if (answer.error.class === "retry") return { again: 30_000, failed: answer.error.words };
    const { code, subcode, words } = answer.error;
    await noteRefusal(ctx, target, answer.error);
    await recordProfile(ctx, target, { problem: ACCESS_CODES.has(code) && subcode === null ? NO_ACCESS : words });
    return "done";
  }
  const parsed = body.safeParse(answer.body);
  if (!parsed.success) {
    await recordProfile(ctx, target, { problem: "Instagram's answer about this person cannot be read." });
    return "done";
  }
  const profile = parsed.data;
  await recordProfile(ctx, target, {
    name: profile.name ?? null,
    username: profile.username ?? null,
    pictureUrl: httpUrl(profile.profile_pic) ?? null,
    followerCount: profile.follower_count ?? null,
    followsBusiness: profile.is_user_follow_business ?? null,
    followedByBusiness: profile.is_business_follow_user ?? null,
    verified: profile.is_verified_user ?? null,
  });
  return "done";
}

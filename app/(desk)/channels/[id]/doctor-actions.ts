"use server";

import { revalidatePath } from "next/cache";
import { currentMember } from "@/app/session";
import { sharedDatabase } from "@/lib/db/connection";
import type { Ctx } from "@/lib/inbox/context";
import { checkNow } from "@/lib/meta/doctor/check-now";
import { subscribeAgain } from "@/lib/meta/doctor/subscribe-again";

/** Looks at a channel at once. */
export async function checkNowAction(form: FormData): Promise<void> {
  await forChannel(form, (ctx, channelId) => checkNow(ctx, { channelId }));
}

/** Has Facebook report the Page's messages again, then looks whether it does. */
export async function subscribePageAction(form: FormData): Promise<void> {
  await forChannel(form, (ctx, channelId) => checkNow(ctx, { channelId }));
}

/** Has Facebook send the app's messages here, then looks whether it does. */
export async function subscribeAppAction(form: FormData): Promise<void> {
  await forChannel(form, (ctx, channelId) => subscribeAgain(ctx, { channelId }));
}

async function forChannel(form: FormData, work: (ctx: Ctx, channelId: string) => Promise<unknown>): Promise<void> {
  const channelId = String(form.get("channelId") ?? "");
  const actor = await currentMember(`/channels/${channelId}`);
  await work({ db: sharedDatabase(), actor }, channelId);
  revalidatePath("/channels", "layout");
}

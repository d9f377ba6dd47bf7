"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { currentMember } from "@/app/session";
import type { Disconnected, Disconnection } from "@/components/channels/disconnect-channel";
import { sharedDatabase } from "@/lib/db/connection";
import { isAppError } from "@/lib/errors";
import { disconnectAccount } from "@/lib/meta/disconnect-account";

/** Disconnects the account; with its history gone there is no page to come back to. */
export async function disconnectAction(input: Disconnection): Promise<Disconnected> {
  const channelId = String(input.channelId);
  const ctx = { db: sharedDatabase(), actor: await currentMember("/channels") };
  const erase = input.history === "erase";
  let remark: string | null;
  try {
    ({ remark } = await disconnectAccount(ctx, {
      channelId,
      history: erase ? "erase" : "keep",
      confirmation: String(input.confirmation ?? ""),
      anyway: input.anyway === true,
    }));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { problem: error.message, passing: error.code === "graph_failed" };
  }
  revalidatePath("/channels", "layout");
  if (erase) redirect(`/channels?erased=${remark ? "told_not" : "yes"}`);
  return { remark };
}

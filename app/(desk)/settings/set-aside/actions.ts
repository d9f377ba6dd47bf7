"use server";

import { revalidatePath } from "next/cache";
import { currentMember } from "@/app/session";
import type { Answer } from "@/components/settings/answer";
import { sharedDatabase } from "@/lib/db/connection";
import { isAppError } from "@/lib/errors";
import { replaySetAside } from "@/lib/meta/replay-set-aside";

const PATH = "/settings/set-aside";

export async function replayAction(input: { id: string } | { reason: string }): Promise<Answer<number>> {
  const actor = await currentMember(PATH);
  const which = "id" in input ? { id: String(input.id) } : { reason: String(input.reason) };
  try {
    return { value: await replaySetAside({ db: sharedDatabase(), actor }, which) };
  } catch (error) {
    if (isAppError(error)) return { problem: error.message };
    throw error;
  } finally {
    // After a refusal too: what the page showed was out of date.
    revalidatePath(PATH);
  }
}

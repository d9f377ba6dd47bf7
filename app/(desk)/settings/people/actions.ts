"use server";

import { revalidatePath } from "next/cache";
import { currentMember } from "@/app/session";
import type { Answer } from "@/components/settings/answer";
import type { InvitationLink } from "@/components/settings/invite-dialog";
import { sharedDatabase } from "@/lib/db/connection";
import { env } from "@/lib/env";
import { isAppError } from "@/lib/errors";
import { changeRole } from "@/lib/inbox/change-role";
import type { Ctx } from "@/lib/inbox/context";
import { inviteMember } from "@/lib/inbox/invite-member";
import { removeMember } from "@/lib/inbox/remove-member";
import { renameWorkspace } from "@/lib/inbox/rename-workspace";
import { revokeInvitation } from "@/lib/inbox/revoke-invitation";

const PATH = "/settings/people";

export async function inviteAction(role: string): Promise<Answer<InvitationLink>> {
  return answer(async (ctx) => {
    const { token } = await inviteMember(ctx, { role });
    return { url: `${env().APP_URL}/invitation/${token}` };
  });
}

export async function revokeAction(id: string): Promise<Answer> {
  return answer((ctx) => revokeInvitation(ctx, { id }));
}

export async function changeRoleAction(memberId: string, role: string): Promise<Answer> {
  return answer((ctx) => changeRole(ctx, { memberId, role }));
}

export async function removeAction(memberId: string): Promise<Answer> {
  return answer((ctx) => removeMember(ctx, { memberId }));
}

export async function renameAction(name: string): Promise<Answer> {
  return answer((ctx) => renameWorkspace(ctx, { name: String(name) }));
}

/** One verb for the signed-in member; what it refuses comes back as words. */
async function answer<T>(verb: (ctx: Ctx) => Promise<T>): Promise<Answer<T>> {
  const actor = await currentMember(PATH);
  try {
    return { value: await verb({ db: sharedDatabase(), actor }) };
  } catch (error) {
    if (isAppError(error)) return { problem: error.message };
    throw error;
  } finally {
    // After a refusal too: what the page showed was out of date.
    revalidatePath(PATH);
  }
}

"use server";

import { revalidatePath } from "next/cache";
import { currentMember } from "@/app/session";
import type { Answer } from "@/components/settings/answer";
import type { NewKey } from "@/components/settings/create-key-dialog";
import type { FirstProgram } from "@/components/settings/set-up-switchboard";
import { createApiKey } from "@/lib/auth/create-api-key";
import { revokeApiKey } from "@/lib/auth/revoke-api-key";
import { sharedDatabase } from "@/lib/db/connection";
import { isAppError } from "@/lib/errors";
import { isId } from "@/lib/ids";
import { type Member, requireAdmin } from "@/lib/inbox/context";
import { deleteSwitchboard } from "@/lib/inbox/delete-switchboard";
import { readSwitchboard } from "@/lib/inbox/read-switchboard";
import { setUpSwitchboard } from "@/lib/inbox/set-up-switchboard";
import { updateSwitchboard } from "@/lib/inbox/update-switchboard";
import { processHandles } from "@/lib/process-handles";

const PATH = "/settings/api";
const LONGEST_NAME = 100;

export async function createKeyAction(name: string, people: boolean): Promise<Answer<NewKey>> {
  return answer<NewKey>(async (admin) => {
    const given = String(name).trim();
    if (given === "" || given.length > LONGEST_NAME)
      return { problem: `Give the key a name of at most ${LONGEST_NAME} characters, so that you know it again.` };
    const { keyring } = processHandles();
    if (!keyring) throw new Error("The keyring is opened by the server process; nothing opened it here.");
    const key = await createApiKey(sharedDatabase(), keyring, {
      scope: "app",
      workspaceId: admin.workspaceId,
      name: given,
      people: people === true,
      createdBy: admin.id,
    });
    return { value: key };
  });
}

export async function revokeKeyAction(id: string): Promise<Answer> {
  return answer<void>(async ({ workspaceId }) => {
    const revoked = await revokeApiKey(sharedDatabase(), { workspaceId, id: String(id) });
    return revoked ? { value: undefined } : { problem: "This key does not work any more." };
  });
}

export async function setUpSwitchboardAction(first: FirstProgram): Promise<Answer> {
  return answer<void>(async (actor) => {
    const integrationId = String(first.integrationId);
    if (!isId(integrationId)) return { problem: "This program is not there any more." };
    await setUpSwitchboard({ db: sharedDatabase(), actor }, { integrationId, bot: first.bot === true });
    return { value: undefined };
  });
}

export async function turnSwitchboardAction(on: boolean): Promise<Answer> {
  return answer<void>(async (actor) => {
    const ctx = { db: sharedDatabase(), actor };
    const known = await readSwitchboard(ctx);
    if (!known) return GONE;
    await updateSwitchboard(ctx, { switchboardId: known.id, enabled: on === true });
    return { value: undefined };
  });
}

export async function removeSwitchboardAction(): Promise<Answer> {
  return answer<void>(async (actor) => {
    const ctx = { db: sharedDatabase(), actor };
    const known = await readSwitchboard(ctx);
    if (!known) return GONE;
    await deleteSwitchboard(ctx, { switchboardId: known.id });
    return { value: undefined };
  });
}

const GONE = { problem: "There is no switchboard any more." };

async function answer<T>(work: (admin: Member) => Promise<Answer<T>>): Promise<Answer<T>> {
  const actor = await currentMember(PATH);
  try {
    return await work(requireAdmin({ db: sharedDatabase(), actor }));
  } catch (error) {
    if (isAppError(error)) return { problem: error.message };
    throw error;
  } finally {
    revalidatePath(PATH);
  }
}

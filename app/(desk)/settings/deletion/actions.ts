"use server";

import { revalidatePath } from "next/cache";
import { currentMember } from "@/app/session";
import type { Answer } from "@/components/settings/answer";
import { sharedDatabase } from "@/lib/db/connection";
import { isAppError } from "@/lib/errors";
import type { Ctx } from "@/lib/inbox/context";
import { type FoundContact, findContacts, type HeldContact, readHeldContact } from "@/lib/inbox/find-contacts";
import { eraseCustomer } from "@/lib/meta/erase-customer";

const PATH = "/settings/deletion";

export async function findAction(words: string): Promise<Answer<FoundContact[]>> {
  return answer((ctx) => findContacts(ctx, { words: String(words) }));
}

export async function lookAction(contactId: string): Promise<Answer<HeldContact | null>> {
  return answer((ctx) => readHeldContact(ctx, { contactId: String(contactId) }));
}

/** Answers with the code of the receipt. */
export async function eraseAction(contactId: string): Promise<Answer<string>> {
  const erased = await answer((ctx) => eraseCustomer(ctx, { contactId: String(contactId) }));
  revalidatePath(PATH);
  return erased.problem === undefined ? { value: erased.value.code } : erased;
}

async function answer<T>(work: (ctx: Ctx) => Promise<T>): Promise<Answer<T>> {
  const actor = await currentMember(PATH);
  try {
    return { value: await work({ db: sharedDatabase(), actor }) };
  } catch (error) {
    if (isAppError(error)) return { problem: error.message };
    throw error;
  }
}

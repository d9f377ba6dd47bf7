"use server";

import { revalidatePath } from "next/cache";
import { currentMember } from "@/app/session";
import { sharedDatabase } from "@/lib/db/connection";
import { subscribeInstallationApp } from "@/lib/meta/doctor/subscribe-again";

/** Has Facebook send the messages of the installation's app here. */
export async function subscribeInstallationAppAction(): Promise<void> {
  const actor = await currentMember("/channels/doctor");
  await subscribeInstallationApp({ db: sharedDatabase(), actor });
  revalidatePath("/channels/doctor");
}

/** The page looks whenever it is made. */
export async function checkAgainAction(): Promise<void> {
  await currentMember("/channels/doctor");
  revalidatePath("/channels/doctor");
}

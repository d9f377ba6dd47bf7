"use server";

import { redirect } from "next/navigation";
import { currentMember } from "@/app/session";
import type { SaveResult } from "@/components/channels/account-chooser";
import { sharedDatabase } from "@/lib/db/connection";
import { isAppError } from "@/lib/errors";
import { isId } from "@/lib/ids";
import { cancelConnectAttempt } from "@/lib/inbox/cancel-connect-attempt";
import type { Ctx } from "@/lib/inbox/context";
import { connectAccount } from "@/lib/meta/connect-account";
import { startConnecting } from "@/lib/meta/connect-start";
import { forgetBrowser, keepBrowser, readBrowser } from "./browser-cookie";

/** Sends the browser to Facebook's dialog. */
export async function start(form: FormData): Promise<void> {
  const channelId = form.get("channelId");
  const { dialogUrl, browser } = await refusedInWords(async () =>
    startConnecting(await context(), {
      previousBrowser: await readBrowser(),
      channelId: isId(channelId) ? channelId : null,
      askAgain: form.get("askAgain") === "yes",
    }),
  );
  await keepBrowser(browser);
  redirect(dialogUrl);
}

/** Connects the account of the chosen Page. */
export async function save(_before: SaveResult, form: FormData): Promise<SaveResult> {
  const pageId = form.get("pageId");
  if (typeof pageId !== "string" || pageId === "") return { problem: "Choose an account first." };
  let channelId: string;
  try {
    ({ channelId } = await connectAccount(await context(), { browser: await readBrowser(), pageId }));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { problem: error.message };
  }
  await forgetBrowser();
  redirect(`/channels/${channelId}?connected=yes`);
}

/** Gives up; the login that Facebook gave is erased. */
export async function cancel(): Promise<void> {
  const browser = await readBrowser();
  if (browser) await refusedInWords(async () => cancelConnectAttempt(await context(), { browser }));
  await forgetBrowser();
  redirect("/channels");
}

async function context(): Promise<Ctx> {
  return { db: sharedDatabase(), actor: await currentMember("/channels") };
}

async function refusedInWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    redirect(`/channels/connect?problem=${error.code}`);
  }
}

"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { currentMember } from "@/app/session";
import type { SaveResult } from "@/components/channels/account-chooser";
import { sharedDatabase } from "@/lib/db/connection";
import { isAppError } from "@/lib/errors";
import { isId } from "@/lib/ids";
import { cancelConnectAttempt } from "@/lib/inbox/cancel-connect-attempt";
import type { Ctx } from "@/lib/inbox/context";
import { readChannel } from "@/lib/inbox/read-channel";
import { connectAccount } from "@/lib/meta/connect-account";
import { receivePopUpAnswer, startPopUp } from "@/lib/meta/connect-pop-up";
import { startConnecting } from "@/lib/meta/connect-start";
import { bringApp, pasteToken } from "@/lib/meta/paste-token";
import { forgetBrowser, keepBrowser, readBrowser } from "./browser-cookie";

/** Sends the browser to Facebook's dialog; for a channel with an app of its own to where its new token is pasted. */
export async function start(form: FormData): Promise<void> {
  const channelId = form.get("channelId");
  if (isId(channelId)) {
    const { way } = await refusedInWords(async () => readChannel(await context(), { channelId }));
    if (way === "own_app") redirect(`/channels/connect/own-app?channel=${channelId}`);
  }
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

/** Takes a Page token that was pasted, with the Facebook app that it belongs to where that is the channel's own. */
export async function paste(_before: SaveResult, form: FormData): Promise<SaveResult> {
  const [token, appId, secret] = [text(form, "token"), text(form, "appId"), text(form, "secret")];
  const channelId = form.get("channelId");
  const began = { previousBrowser: await readBrowser(), channelId: isId(channelId) ? channelId : null };
  try {
    const ctx = await context();
    const { browser } = form.has("appId")
      ? await bringApp(ctx, { ...began, token, appId, secret })
      : await pasteToken(ctx, { ...began, token });
    await keepBrowser(browser);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { problem: error.message };
  }
  redirect("/channels/connect");
}

/** Begins a login with Facebook's script. @returns what its answer has to bring back, or where to go instead */
export async function beginPopUp(channelId: string | null): Promise<{ state: string } | { goTo: string }> {
  try {
    const { state, browser } = await startPopUp(await context(), {
      previousBrowser: await readBrowser(),
      channelId: isId(channelId) ? channelId : null,
    });
    await keepBrowser(browser);
    return { state };
  } catch (error) {
    return { goTo: refusedPath(error) };
  }
}

/** Takes what Facebook's script gave to the page. @returns where to go on */
export async function answerPopUp(given: unknown): Promise<{ goTo: string }> {
  const answer = popUpAnswer.safeParse(given);
  if (!answer.success) return { goTo: "/channels/connect?problem=attempt_expired" };
  try {
    await receivePopUpAnswer(await context(), { ...answer.data, browser: await readBrowser() });
    return { goTo: "/channels/connect" };
  } catch (error) {
    return { goTo: refusedPath(error) };
  }
}

const popUpAnswer = z.object({
  state: z.string().min(1).max(200),
  accessToken: z.string().min(1).max(2000),
  personId: z.string().min(1).max(50),
});

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

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

function refusedPath(error: unknown): string {
  if (!isAppError(error)) throw error;
  return `/channels/connect?problem=${error.code}`;
}

async function refusedInWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    redirect(refusedPath(error));
  }
}

"use server";

import { revalidatePath } from "next/cache";
import { currentMember } from "@/app/session";
import type { Answer } from "@/components/settings/answer";
import type { NewWebhook, WebhookSecrets } from "@/components/settings/create-webhook-dialog";
import type { ReplayChoice } from "@/components/settings/replay-webhook";
import { webhookCreate } from "@/lib/api/schemas/webhook";
import { sharedDatabase } from "@/lib/db/connection";
import { AppError, isAppError } from "@/lib/errors";
import { isId } from "@/lib/ids";
import type { Ctx } from "@/lib/inbox/context";
import { processHandles } from "@/lib/process-handles";
import { addWebhook } from "@/lib/webhooks/add-webhook";
import { readWebhookEvent } from "@/lib/webhooks/read-webhook-event";
import { removeWebhook } from "@/lib/webhooks/remove-webhook";
import { replayEvents } from "@/lib/webhooks/replay-events";
import { resumeWebhook } from "@/lib/webhooks/resume-webhook";

const PATH = "/settings/webhooks";
const LONGEST_NAME = 100;

export async function createWebhookAction(given: NewWebhook): Promise<Answer<WebhookSecrets>> {
  return answer<WebhookSecrets>(async (ctx) => {
    const name = String(given.name).trim();
    if (name === "" || name.length > LONGEST_NAME)
      return { problem: `Give the integration a name of at most ${LONGEST_NAME} characters.` };
    const parsed = webhookCreate.safeParse({ target: String(given.target).trim(), triggers: given.triggers });
    if (!parsed.success)
      return { problem: "Give a whole address that begins with https://, and choose what it is told." };
    const { keyring } = processHandles();
    if (!keyring) throw new Error("The keyring is opened by the server process; nothing opened it here.");
    const { secret, signingSecret } = await addWebhook({ ...ctx, keyring }, { name, ...parsed.data });
    return { value: { secret, signingSecret } };
  });
}

export async function removeWebhookAction(id: string): Promise<Answer> {
  return answer<void>(async (ctx) => {
    const removed = await removeWebhook(ctx, { webhookId: known(id) });
    return removed ? { value: undefined } : { problem: "This webhook is not there any more." };
  });
}

export async function resumeWebhookAction(id: string): Promise<Answer> {
  return answer<void>(async (ctx) => ({ value: await resumeWebhook(ctx, { webhookId: known(id) }) }));
}

/** @returns how many events wait again */
export async function replayAction(id: string, choice: ReplayChoice): Promise<Answer<number>> {
  return answer<number>(async (ctx) => {
    const which =
      choice === "missed" ? choice : "number" in choice ? { number: whole(choice.number) } : rangeOf(choice);
    return { value: await replayEvents(ctx, { webhookId: known(id), which }) };
  });
}

/** @returns the event as JSON */
export async function showEventAction(id: string, number: number): Promise<Answer<string>> {
  return answer<string>(async (ctx) => {
    const event = await readWebhookEvent(ctx, { webhookId: known(id), number: whole(number) });
    return { value: JSON.stringify(event, null, 2) };
  });
}

/** @throws AppError not_found, as for one that is not there */
function known(id: unknown): string {
  if (!isId(id)) throw new AppError("not_found", "This webhook is not there any more.");
  return id;
}

function whole(number: unknown): number {
  if (typeof number !== "number" || !Number.isSafeInteger(number))
    throw new AppError("invalid", "This is no event's number.");
  return number;
}

const LATEST_MS = Date.UTC(9999, 0);

function rangeOf({ from, to }: { from: unknown; to: unknown }): { from: number; to: number } {
  const [start, end] = [Number(from), Number(to)];
  if (!(start >= 0 && start <= end && end < LATEST_MS))
    throw new AppError("invalid", "Choose a beginning and an end after it.");
  return { from: start, to: end };
}

async function answer<T>(work: (ctx: Ctx) => Promise<Answer<T>>): Promise<Answer<T>> {
  const actor = await currentMember(PATH);
  try {
    return await work({ db: sharedDatabase(), actor });
  } catch (error) {
    if (isAppError(error)) return { problem: error.message };
    throw error;
  } finally {
    revalidatePath(PATH, "layout");
  }
}

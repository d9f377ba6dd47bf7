import type { Emulator } from "../emulator";
import { isObject } from "../http";
import type { App } from "../world/types";
import type { EntryMember } from "./dispatcher";

export interface Published {
  sent: boolean;
  reason?: string;
  /** Resolves once every app's first POST was attempted. */
  attempted: Promise<void>;
}

/**
 * Sends one messaging item of an account to every app that is subscribed to `field` of object `instagram` and to the Page.
 * Nobody subscribed is no error: `reason` says in words why nothing left.
 */
export function publish(
  emulator: Emulator,
  igId: string,
  threadKey: string,
  field: string,
  item: unknown,
  member?: EntryMember,
): Published {
  const { targets, reason } = webhookTargets(
    emulator,
    igId,
    field,
    emulator.index.threadKeys.get(threadKey)?.customerId,
  );
  if (reason !== null) return { sent: false, reason, attempted: Promise.resolve() };
  if (emulator.losses.take(igId))
    return { sent: false, reason: "The webhook got lost on its way.", attempted: Promise.resolve() };
  const routedTo = emulator.index.businesses.get(igId)?.routedTo ?? null;
  const attempts = targets.map(({ appId, pageId }) =>
    routedTo !== null && routedTo !== appId
      ? emulator.dispatcher.send({ appId, pageId, igId, threadKey, item: onStandby(item), member: "standby" })
      : emulator.dispatcher.send({ appId, pageId, igId, threadKey, item, member }),
  );
  emulator.changed();
  return { sent: true, attempted: Promise.all(attempts).then(() => undefined) };
}

/** The apps that receive a field of an account's webhooks, or the reason why none does. */
export function webhookTargets(
  emulator: Emulator,
  igId: string,
  field: string,
  customerId?: string,
): { targets: { appId: string; pageId: string }[]; reason: string | null } {
  const business = emulator.index.businesses.get(igId);
  if (!business) return { targets: [], reason: "There is no such account." };
  if (!business.allowMessages)
    return { targets: [], reason: `@${business.username} has switched off “Allow access to messages”.` };
  if (!business.professional)
    return { targets: [], reason: `@${business.username} is a personal account: Instagram tells no app about it.` };
  const page = emulator.index.pageOfAccount(igId);
  if (!page) return { targets: [], reason: `@${business.username} is not linked to a Facebook Page.` };
  const subscribed = emulator.world.subscriptions.filter((one) => one.pageId === page.id && one.fields.length > 0);
  if (subscribed.length === 0) return { targets: [], reason: `No app is connected to @${business.username}.` };
  const verified = subscribed.filter((one) => emulator.app(one.appId)?.webhook?.verified);
  if (verified.length === 0) return { targets: [], reason: "The app's webhook has not answered the handshake yet." };
  const wanted = verified.filter((one) => emulator.app(one.appId)?.webhook?.fields.includes(field));
  if (wanted.length === 0) return { targets: [], reason: `The app is not subscribed to the field "${field}".` };
  const reachable = wanted.filter((one) => reaches(emulator.app(one.appId), customerId));
  if (reachable.length === 0)
    return {
      targets: [],
      reason: "The app is restricted, or in development mode and this customer is no tester of it.",
    };
  return { targets: reachable.map((one) => ({ appId: one.appId, pageId: page.id })), reason: null };
}

/** What an app gets that does not own the conversation: the payload of a postback is withheld. */
function onStandby(item: unknown): unknown {
  if (!isObject(item) || !isObject(item.postback)) return item;
  const { payload: _payload, ...postback } = item.postback;
  return { ...item, postback };
}

/** In development an app hears of its testers alone; restricted of nobody. */
function reaches(app: App | undefined, customerId: string | undefined): boolean {
  if (!app || app.restricted) return false;
  return app.mode === "live" || customerId === undefined || app.testers.includes(customerId);
}

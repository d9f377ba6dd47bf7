import { z } from "zod";
import type { BackFillStep, ListedThread } from "../inbox/back-fill-steps";
import type { Ctx } from "../inbox/context";
import { callGraph, type GraphRequest } from "./graph-client";
import { type GraphAnswer, noAnswer } from "./graph-errors";
import { pageToken } from "./page-token";
import { withReadingTurn } from "./reading-turn";
import { THREAD_MESSAGE_FIELDS, type ThreadMessage, threadMessage, threadTime } from "./thread-message";
import { metaId } from "./webhook-values";

const THREADS_A_PAGE = 50;
/** Of older messages Meta tells nothing but that they were. */
const MESSAGES_WITH_DETAILS = 20;
const TIMEOUT_MS = 20_000;

type Channel = Pick<
  BackFillStep,
  "workspaceId" | "channelId" | "facebookAppId" | "pageId" | "accountId" | "tokenSealed"
>;

/** What came of one call: what was asked for, Graph's refusal or silence, or that there is no turn for it yet. */
export type Reading<T> = { read: T } | { answer: Exclude<GraphAnswer, { kind: "answer" }> } | { againMs: number };

export type ThreadsPage = { threads: ListedThread[]; next: string | null; restMs?: number };

const threadsBody = z.looseObject({
  data: z.array(
    z.looseObject({
      id: metaId,
      updated_time: z.string().optional(),
      participants: z
        .looseObject({ data: z.array(z.looseObject({ id: metaId, username: z.string().nullish().catch(null) })) })
        .optional()
        .catch(undefined),
    }),
  ),
  paging: z
    .looseObject({
      next: z.string().optional(),
      cursors: z.looseObject({ after: z.string().optional() }).optional(),
    })
    .optional(),
});

/** One page of an account's threads, newest first; groups are left out, and so is what has no other side. */
export async function listThreads(
  ctx: Ctx,
  channel: Channel,
  page: { after: string | null; limit?: number },
  signal: AbortSignal,
): Promise<Reading<ThreadsPage>> {
  const asked = await ask(ctx, channel, {
    path: `/${channel.pageId}/conversations`,
    params: {
      platform: "instagram",
      fields: "id,updated_time,participants",
      limit: page.limit ?? THREADS_A_PAGE,
      ...(page.after ? { after: page.after } : {}),
    },
    signal,
  });
  if (!("body" in asked)) return asked;
  const parsed = threadsBody.safeParse(asked.body);
  if (!parsed.success) return { answer: noAnswer("not_json") };
  const threads = parsed.data.data.flatMap((thread): ListedThread[] => {
    const others = (thread.participants?.data ?? []).filter(({ id }) => id !== channel.accountId);
    const [other] = others;
    const updatedAt = threadTime(thread.updated_time ?? "");
    if (!other || others.length > 1 || !Number.isFinite(updatedAt)) return [];
    return [
      {
        externalId: thread.id,
        contactExternalId: other.id,
        username: other.username ?? null,
        updatedAt: new Date(updatedAt),
      },
    ];
  });
  const { paging } = parsed.data;
  return { read: { threads, next: paging?.next ? (paging.cursors?.after ?? null) : null, ...asked.rest } };
}

export type ThreadRead = { messages: ThreadMessage[]; readAt: Date; restMs?: number };

const messagesBody = z.looseObject({ data: z.array(z.unknown()) });

/** The newest messages of a thread, newest first; one that cannot be read does not hide the others. @param readAt by the desk's clock, before the call */
export async function readThreadMessages(
  ctx: Ctx,
  channel: Channel,
  thread: { externalId: string; readAt: Date },
  signal: AbortSignal,
): Promise<Reading<ThreadRead>> {
  const asked = await ask(ctx, channel, {
    path: `/${encodeURIComponent(thread.externalId)}/messages`,
    params: { fields: THREAD_MESSAGE_FIELDS, limit: MESSAGES_WITH_DETAILS },
    signal,
  });
  if (!("body" in asked)) return asked;
  const body = messagesBody.safeParse(asked.body);
  if (!body.success) return { answer: noAnswer("not_json") };
  const messages = body.data.data.flatMap((one) => {
    const parsed = threadMessage.safeParse(one);
    return parsed.success && Number.isFinite(threadTime(parsed.data.created_time)) ? [parsed.data] : [];
  });
  return { read: { messages, readAt: thread.readAt, ...asked.rest } };
}

type Asked = { body: unknown; rest: { restMs?: number } } | Exclude<Reading<never>, { read: never }>;

async function ask(
  ctx: Ctx,
  channel: Channel,
  request: Pick<GraphRequest, "path" | "params" | "signal">,
): Promise<Asked> {
  const token = await pageToken(ctx, channel);
  const asked = await withReadingTurn(ctx, channel, () =>
    callGraph({ method: "GET", token, timeoutMs: TIMEOUT_MS, ...request }),
  );
  if ("again" in asked) return { againMs: asked.again };
  const { answer } = asked;
  if (answer.kind !== "answer") return { answer };
  return { body: answer.body, rest: answer.restMs === undefined ? {} : { restMs: answer.restMs } };
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../lib/errors";
import { askForHistory } from "../../lib/inbox/ask-for-history";
import { cancelBackFill } from "../../lib/inbox/cancel-back-fill";
import { readPictureUrl } from "../../lib/inbox/contact-profile";
import type { Ctx, Member } from "../../lib/inbox/context";
import { exportContact } from "../../lib/inbox/export-contact";
import { handBack } from "../../lib/inbox/hand-back";
import { listConversations } from "../../lib/inbox/list-conversations";
import { reportMediaGone } from "../../lib/inbox/lost-media";
import { markRead } from "../../lib/inbox/mark-read";
import { outgoingPart } from "../../lib/inbox/outgoing-part";
import { reactToMessage } from "../../lib/inbox/react-to-message";
import { readChanges } from "../../lib/inbox/read-changes";
import { readHistory } from "../../lib/inbox/read-history";
import { readThread } from "../../lib/inbox/read-thread";
import { retryMessage } from "../../lib/inbox/retry-message";
import { currentSequence, selectChannels } from "../../lib/inbox/rows";
import { searchMessages } from "../../lib/inbox/search-messages";
import { sendMessage } from "../../lib/inbox/send-message";
import { reportStoryGone } from "../../lib/inbox/story-media";
import { takeOver } from "../../lib/inbox/take-over";
import { listPosts } from "../../lib/meta/list-posts";
import { signalTyping } from "../../lib/meta/signal-typing";
import { now } from "../../lib/time";

type Call = { ctx: Ctx; member: Member & { pictureUrl: string | null }; query: URLSearchParams; body: unknown };
/** `file`: the name under which a browser saves the answer. */
export type Answer = { status?: number; json?: unknown; location?: string; file?: string };
type Route = { method: "GET" | "POST"; path: RegExp; answer: (call: Call, ids: string[]) => Promise<Answer> };

const sendBody = z.object({
  id: z.string(),
  text: z.string().max(20_000).optional(),
  parts: z.array(outgoingPart).min(1).optional(),
  replyTo: z.string().optional(),
  readThrough: z.number().optional(),
});
const reactionBody = z.object({ emoji: z.string().nullable() });
const readMarkBody = z.object({ through: z.number() });

/** What the inbox asks and is answered, below `/api/inbox`. */
export const INBOX_ROUTES: Route[] = [
  { method: "GET", path: /^\/me$/, answer: readMe },
  {
    method: "GET",
    path: /^\/conversations$/,
    answer: async ({ ctx, query }) => ({
      json: await listConversations(ctx, { after: query.get("after") ?? undefined }),
    }),
  },
  {
    method: "GET",
    path: /^\/conversations\/([^/]+)$/,
    answer: async ({ ctx, query }, [conversationId = ""]) => ({
      json: await readThread(ctx, {
        conversationId,
        before: query.get("before") ?? undefined,
        after: query.get("after") ?? undefined,
        around: query.get("around") ?? undefined,
      }),
    }),
  },
  {
    method: "POST",
    path: /^\/conversations\/([^/]+)\/messages$/,
    answer: async ({ ctx, body }, [conversationId = ""]) => {
      const { text, parts, ...rest } = parse(sendBody, body);
      const messages = await sendMessage(ctx, {
        ...rest,
        conversationId,
        parts: parts ?? [{ type: "text", text: text ?? "" }],
      });
      return { status: 201, json: parts ? { messages } : messages[0] };
    },
  },
  {
    method: "POST",
    path: /^\/conversations\/([^/]+)\/read$/,
    answer: async ({ ctx, body }, [conversationId = ""]) => {
      await markRead(ctx, { ...parse(readMarkBody, body), conversationId });
      return { status: 204 };
    },
  },
  {
    method: "POST",
    path: /^\/messages\/([^/]+)\/retry$/,
    answer: async ({ ctx }, [messageId = ""]) => ({ json: await retryMessage(ctx, { messageId }) }),
  },
  {
    method: "POST",
    path: /^\/messages\/([^/]+)\/story-gone$/,
    answer: async ({ ctx }, [messageId = ""]) => {
      await reportStoryGone(ctx, { messageId });
      return { status: 204 };
    },
  },
  {
    method: "POST",
    path: /^\/messages\/([^/]+)\/media-gone$/,
    answer: async ({ ctx }, [messageId = ""]) => {
      await reportMediaGone(ctx, { messageId });
      return { status: 204 };
    },
  },
  {
    method: "POST",
    path: /^\/messages\/([^/]+)\/reaction$/,
    answer: async ({ ctx, body }, [messageId = ""]) => ({
      json: await reactToMessage(ctx, { ...parse(reactionBody, body), messageId }),
    }),
  },
  {
    method: "POST",
    path: /^\/conversations\/([^/]+)\/take-over$/,
    answer: async ({ ctx }, [conversationId = ""]) => ({ json: await takeOver(ctx, { conversationId }) }),
  },
  {
    method: "POST",
    path: /^\/conversations\/([^/]+)\/hand-back$/,
    answer: async ({ ctx }, [conversationId = ""]) => ({ json: await handBack(ctx, { conversationId }) }),
  },
  {
    method: "POST",
    path: /^\/conversations\/([^/]+)\/typing$/,
    answer: async ({ ctx }, [conversationId = ""]) => {
      await signalTyping(ctx, { conversationId });
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: /^\/channels\/([^/]+)\/posts$/,
    answer: async ({ ctx, query }, [channelId = ""]) => ({
      json: await listPosts(ctx, { channelId, after: query.get("after") ?? undefined }),
    }),
  },
  {
    method: "GET",
    path: /^\/channels\/([^/]+)\/history$/,
    answer: async ({ ctx }, [channelId = ""]) => ({ json: await readHistory(ctx, { channelId }) }),
  },
  {
    method: "POST",
    path: /^\/channels\/([^/]+)\/history$/,
    answer: async ({ ctx }, [channelId = ""]) => {
      await askForHistory(ctx, { channelId });
      return { json: await readHistory(ctx, { channelId }) };
    },
  },
  {
    method: "POST",
    path: /^\/channels\/([^/]+)\/history\/cancel$/,
    answer: async ({ ctx }, [channelId = ""]) => {
      await cancelBackFill(ctx, { channelId });
      return { json: await readHistory(ctx, { channelId }) };
    },
  },
  {
    method: "GET",
    path: /^\/contacts\/([^/]+)\/avatar$/,
    answer: async ({ ctx }, [contactId = ""]) => ({ status: 302, location: await readPictureUrl(ctx, { contactId }) }),
  },
  {
    method: "GET",
    path: /^\/contacts\/([^/]+)\/export$/,
    answer: async ({ ctx }, [contactId = ""]) => ({
      json: await exportContact(ctx, { contactId }),
      file: `contact-${contactId}.json`,
    }),
  },
  {
    method: "GET",
    path: /^\/channels$/,
    answer: async ({ ctx, member }) => ({
      json: {
        sequence: await currentSequence(ctx.db, member.workspaceId),
        channels: await selectChannels(ctx.db, sql`h.workspace_id = ${member.workspaceId} order by h.created_at, h.id`),
      },
    }),
  },
  {
    method: "GET",
    path: /^\/search$/,
    answer: async ({ ctx, query }) => ({
      json: await searchMessages(ctx, {
        question: query.get("q") ?? "",
        conversationId: query.get("conversation") ?? undefined,
        after: query.get("after") ?? undefined,
      }),
    }),
  },
  { method: "GET", path: /^\/changes$/, answer: changesSince },
];

async function readMe({ ctx, member }: Call): Promise<Answer> {
  const { rows } = await ctx.db.execute<{ id: string; name: string }>(
    sql`select id, name from workspace where id = ${member.workspaceId}`,
  );
  return {
    json: {
      member: { id: member.id, name: member.name, role: member.role, pictureUrl: member.pictureUrl },
      workspace: rows[0],
      channels: await selectChannels(ctx.db, sql`h.workspace_id = ${member.workspaceId} order by h.created_at, h.id`),
      serverNow: now(),
    },
  };
}

async function changesSince({ ctx, member, query }: Call): Promise<Answer> {
  const after = Number(query.get("after"));
  if (!Number.isSafeInteger(after) || after < 0) throw new AppError("invalid", "`after` is the number of an event.");
  const { membersChanged: _, more: __, ...changes } = await readChanges(ctx.db, member.workspaceId, after);
  return { json: changes };
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError("invalid", `${issue?.path.join(".") || "The body"}: ${issue?.message ?? "not understood"}.`);
}

import { z } from "zod";
import type { Ctx } from "../inbox/context";
import { readUsableChannel } from "../inbox/read-usable-channel";
import type { PostPage } from "../inbox/types";
import { readGraph } from "./graph-read";
import { pageToken } from "./page-token";
import { httpUrl } from "./webhook-values";

const PAGE = 24;
const TIMEOUT_MS = 10_000;

const posts = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      caption: z.string().nullish(),
      media_type: z.string().nullish(),
      media_url: z.string().nullish(),
      thumbnail_url: z.string().nullish(),
      permalink: z.string().nullish(),
      timestamp: z.string().nullish(),
    }),
  ),
  paging: z
    .looseObject({ cursors: z.looseObject({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional(),
});

/**
 * The account's own posts, newest first, as Instagram lists them now.
 * @throws AppError not_found, channel_unusable, graph_failed
 */
export async function listPosts(ctx: Ctx, input: { channelId: string; after?: string | undefined }): Promise<PostPage> {
  const channel = await readUsableChannel(ctx, { channelId: input.channelId });
  const body = await readGraph(
    {
      method: "GET",
      path: `/${channel.accountId}/media`,
      params: {
        fields: "id,caption,media_type,media_url,thumbnail_url,permalink,timestamp",
        limit: PAGE,
        ...(input.after !== undefined && { after: input.after }),
      },
      token: await pageToken(ctx, channel),
      timeoutMs: TIMEOUT_MS,
    },
    posts,
  );
  return {
    posts: body.data.map((post) => ({
      id: post.id,
      kind: post.media_type === "VIDEO" ? "reel" : "post",
      caption: post.caption ?? null,
      pictureUrl: httpUrl(post.media_type === "VIDEO" ? post.thumbnail_url : post.media_url) ?? null,
      permalink: httpUrl(post.permalink) ?? null,
      postedAt: Date.parse(post.timestamp ?? "") || null,
    })),
    next: body.paging?.next ? (body.paging.cursors?.after ?? null) : null,
  };
}

import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import type { ConnectWay } from "./connect-way";
import { type Ctx, requireAdmin } from "./context";
import { CHANNEL_ENDS_AT, CHANNEL_PROBLEM_DETAIL } from "./rows";
import type { ChannelRow } from "./types";

/** One channel as its own page shows it; times in milliseconds since 1970. */
export type ChannelDetails = ChannelRow & {
  pageId: string;
  /** The member who connected it, and the Facebook person whose login it works with. */
  connectedBy: string | null;
  connectedAs: string | null;
  connectedAt: number | null;
  way: ConnectWay;
  facebookAppId: string;
  lastDeliveryAt: number | null;
};

/** @throws AppError not_found */
export async function readChannel(ctx: Ctx, input: { channelId: string }): Promise<ChannelDetails> {
  const { workspaceId } = requireAdmin(ctx);
  type Row = Omit<ChannelDetails, "connectedAt" | "lastDeliveryAt" | "endsAt"> & {
    endsAt: Date | null;
    connectedAt: Date | null;
    lastDeliveryAt: Date | null;
  };
  const { rows } = isId(input.channelId)
    ? await ctx.db.execute<Row>(sql`
        select h.id, h.username, h.name, h.page_name as "pageName", h.page_id as "pageId", h.picture_url as "pictureUrl", h.state,
          h.problem, h.problem_code as "problemCode", ${CHANNEL_PROBLEM_DETAIL} as "problemDetail", ${CHANNEL_ENDS_AT} as "endsAt", m.name as "connectedBy", h.connected_as as "connectedAs", h.connected_at as "connectedAt", h.way,
          h.facebook_app_id as "facebookAppId",
          h.last_delivery_at as "lastDeliveryAt"
        from channel h left join member m on m.workspace_id = h.workspace_id and m.id = h.connected_by
        where h.workspace_id = ${workspaceId} and h.id = ${input.channelId}`)
    : { rows: [] };
  const row = rows[0];
  if (!row) throw new AppError("not_found", "There is no such channel.");
  return {
    ...row,
    endsAt: row.endsAt?.getTime() ?? null,
    connectedAt: row.connectedAt?.getTime() ?? null,
    lastDeliveryAt: row.lastDeliveryAt?.getTime() ?? null,
  };
}

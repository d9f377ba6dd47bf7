import { refuse } from "../../lib/api/api-refusal";
import { idRange, publicId } from "../../lib/api/public-id";
import * as routes from "../../lib/api/routes/apps";
import { findWorkspace } from "../../lib/inbox/find-workspace";
import { readWorkspace } from "../../lib/inbox/read-workspace";
import {
  changeWorkspace,
  createWorkspace,
  deleteWorkspace,
  listWorkspaces,
  type WorkspaceDetails,
} from "../../lib/inbox/workspaces";
import { answering } from "./answering";

/** What SDK channels and retention would set; an Instagram inbox has one way. */
const SETTINGS = {
  conversationRetentionSeconds: 0,
  maskCreditCardNumbers: false,
  useAnimalNames: false,
  echoPostback: false,
  ignoreAutoConversationStart: false,
  multiConvoEnabled: false,
};

export const appAnswers = [
  answering(routes.createApp, async ({ ctx, body }) => ({
    app: appOf(await createWorkspace(ctx.db, { name: body.displayName, metadata: body.metadata })),
  })),

  answering(routes.listApps, async ({ ctx, query, base }) => {
    const { after, before, size } = query.page;
    if (before !== undefined) throw refuse(400, "bad_request", "page.before: apps are listed forward only");
    const from = after === undefined ? undefined : await findWorkspace(ctx.db, idRange(after) ?? NOTHING);
    if (from === null) throw refuse(400, "bad_request", "Invalid page query parameters");
    const rows = await listWorkspaces(ctx.db, { after: from, limit: size + 1 });
    const shown = rows.slice(0, size);
    const last = shown.at(-1);
    const afterCursor = rows.length > size && last ? publicId(last.id) : undefined;
    return {
      apps: shown.map(appOf),
      meta: { hasMore: afterCursor !== undefined, ...(afterCursor && { afterCursor }) },
      links: afterCursor ? { next: `${base}/v2/apps?page%5Bafter%5D=${afterCursor}&page%5Bsize%5D=${size}` } : {},
    };
  }),

  answering(routes.getApp, async ({ ctx }) => ({ app: appOf(await readWorkspace(ctx)) })),

  answering(routes.updateApp, async ({ ctx, body }) => {
    const known = await readWorkspace(ctx);
    const { displayName: name = known.name, metadata = known.metadata } = body;
    return { app: appOf(await changeWorkspace(ctx.db, { id: known.id, name, metadata })) };
  }),

  answering(routes.deleteApp, async ({ ctx }) => {
    await deleteWorkspace(ctx.db, { id: ctx.actor.workspaceId });
    return {};
  }),
];

const NOTHING = { from: "00000000-0000-0000-0000-000000000000", to: "00000000-0000-0000-0000-000000000000" };

function appOf({ id, name, metadata }: WorkspaceDetails) {
  return { id: publicId(id), displayName: name, settings: SETTINGS, metadata };
}

import { sql } from "drizzle-orm";
import { newId } from "@/lib/ids";
import { addCustomIntegration } from "@/lib/inbox/add-custom-integration";
import { addSwitchboardIntegration } from "@/lib/inbox/add-switchboard-integration";
import { answerConnectAttempt } from "@/lib/inbox/answer-connect-attempt";
import { claimConnectAttempt } from "@/lib/inbox/claim-connect-attempt";
import { sealAppSecret } from "@/lib/inbox/connect-secrets";
import { readProfileTarget, recordProfile } from "@/lib/inbox/contact-profile";
import type { Ctx } from "@/lib/inbox/context";
import { createSwitchboard } from "@/lib/inbox/create-switchboard";
import { inviteMember } from "@/lib/inbox/invite-member";
import { keepAttachment } from "@/lib/inbox/keep-attachment";
import { offerControl } from "@/lib/inbox/offer-control";
import { passControl } from "@/lib/inbox/pass-control";
import { HEART } from "@/lib/inbox/send-limits";
import { startBackFill } from "@/lib/inbox/start-back-fill";
import { startConnectAttempt } from "@/lib/inbox/start-connect-attempt";
import { updateSwitchboard } from "@/lib/inbox/update-switchboard";
import { ingestDeliveries } from "@/lib/meta/ingest-deliveries";
import { processHandles } from "@/lib/process-handles";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { APP_ID, addWorkspace, type DeskFixture, deliver, envelope, type WorkspaceFixture } from "./desk-fixture";
import { joined, type MemberCtx } from "./people";

/** Every id by which something of a workspace can be named from outside. */
export type Ids = {
  workspaceId: string;
  channelId: string;
  facebookAppId: string;
  memberId: string;
  invitationId: string;
  contactId: string;
  conversationId: string;
  /** A customer's text. */
  messageId: string;
  /** A reply that was not sent. */
  failedId: string;
  /** A reply without answer. */
  unconfirmedId: string;
  storyMessageId: string;
  imageMessageId: string;
  uploadId: string;
  setAsideId: string;
  /** Set aside while nobody had connected the account. */
  unclaimedId: string;
  externalId: string;
  contactExternalId: string;
  attemptId: string;
  integrationId: string;
  webhookId: string;
  switchboardId: string;
  /** The integration's place at the switchboard. */
  responderId: string;
  attachmentToken: string;
  backFillId: string;
  /** What Facebook's dialog carries back and what the browser's cookie holds. */
  connectState: string;
  browser: string;
};

export const IMAGE = { type: "image", payload: { url: "https://lookaside.fbsbx.com/image" } };

/** When the business of a furnished workspace reacted to its customer's text. */
export const REACTED_AT = new Date(Date.UTC(2026, 0, 1));

export type Furnished = WorkspaceFixture & { ids: Ids };

/** A workspace in which there is one of everything. */
export async function furnishWorkspace(desk: DeskFixture, accountId: string): Promise<Furnished> {
  const shop = await addWorkspace(desk, { accountId, pageId: `page-${accountId}` });
  const { workspaceId, channelId } = shop;
  const owner: MemberCtx = { db: desk.db, actor: shop.member };
  const contactExternalId = `7${accountId}`;
  const said = (mid: string, message: object) => ({
    sender: { id: contactExternalId },
    recipient: { id: accountId },
    timestamp: Date.now() - 60_000,
    message: { mid: `${accountId}-${mid}`, ...message },
  });
  const mention = { attachments: [{ type: "story_mention", payload: { url: "https://lookaside.fbsbx.com/story" } }] };
  const image = { attachments: [IMAGE] };
  const items = [said("text", { text: "How much is the bowl?" }), said("mention", mention), said("image", image)];
  await deliver(desk, envelope(accountId, ...items));
  while ((await ingestDeliveries(desk.system)) > 0);
  const { rows } = await desk.db.execute<{
    id: string;
    externalId: string;
    conversationId: string;
    contactId: string;
  }>(sql`
    select m.id, m.external_id as "externalId", c.id as "conversationId", c.contact_id as "contactId"
    from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where m.workspace_id = ${workspaceId}`);
  const messageId = rows.find((row) => row.externalId.endsWith("-text"))?.id ?? "";
  const storyMessageId = rows.find((row) => row.externalId.endsWith("-mention"))?.id ?? "";
  const imageMessageId = rows.find((row) => row.externalId.endsWith("-image"))?.id ?? "";
  const { conversationId = "", contactId = "" } = rows[0] ?? {};
  const target = await readProfileTarget(desk.system, { workspaceId, contactId });
  if (!target) throw new Error("The contact that was just made is missing.");
  await recordProfile(desk.system, target, {
    name: "Ana Lima",
    username: "canary",
    pictureUrl: "https://lookaside.fbsbx.com/picture",
    followerCount: 1,
    followsBusiness: true,
    followedByBusiness: true,
    verified: true,
  });
  const failedId = await addReply(desk, shop, conversationId, "failed");
  const unconfirmedId = await addReply(desk, shop, conversationId, "unconfirmed");
  const uploadId = newId();
  await desk.db.execute(sql`
    insert into upload (workspace_id, id, channel_id, member_id, media, content_type, bytes, name, attachment_id, created_at)
    values (${workspaceId}, ${uploadId}, ${channelId}, ${shop.member.id}, 'image', 'image/png', 1, 'bowl.png', '1', desk_now())`);
  await desk.db.execute(sql`
    insert into reaction (workspace_id, channel_id, external_id, by, emoji, at)
    values (${workspaceId}, ${channelId}, ${`${accountId}-text`}, 'business', ${HEART}, ${REACTED_AT.toISOString()})`);
  const facebookAppId = `80${accountId}`;
  await desk.db.execute(sql`
    insert into facebook_app (workspace_id, id, secret_sealed, verify_token, created_at)
    values (${workspaceId}, ${facebookAppId}, ${sql.param(sealAppSecret({ workspaceId, facebookAppId }, "x"))}, 'x', desk_now())`);
  const program = { db: desk.db, actor: { type: "api_key" as const, workspaceId, keyId: "app_", people: true } };
  const integrationId = await addCustomIntegration(program, { name: "Our bot" });
  const attachmentToken = await keepAttachment(program, {
    contentType: "image/png",
    name: "bowl.png",
    content: Buffer.from("a picture"),
    forMessage: true,
    conversationId,
  });
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openDesk comes first");
  const hook = { workspaceId, integrationId, target: "https://hooks.example.com/desk", triggers: ["*"] };
  const { id: webhookId } = await createWebhook({ db: desk.db, keyring }, hook);
  const seats = await addSwitchboard(program, { integrationId, conversationId });
  await addMissedEvent(desk, { workspaceId, webhookId, conversationId, messageId });
  const agent = await joined(owner, "agent", "Tomás Silva");
  const invitation = await inviteMember(owner, { role: "agent" });
  const connecting = await startConnectAttempt(owner, { way: "login", previousBrowser: null, channelId });
  const { attemptId } = await claimConnectAttempt(owner, connecting);
  const person = { id: "1", name: "Nora Keller" };
  await answerConnectAttempt(owner, { attemptId, answer: { userToken: "EAA", person, permissions: {} } });
  const backFillId = await addBackFill(desk, shop, contactExternalId);
  const fresh = await startConnectAttempt(owner, { way: "login", previousBrowser: null, channelId });
  return {
    ...shop,
    ids: {
      workspaceId,
      channelId,
      facebookAppId,
      memberId: agent.actor.id,
      invitationId: invitation.id,
      contactId,
      conversationId,
      messageId,
      failedId,
      unconfirmedId,
      storyMessageId,
      imageMessageId,
      uploadId,
      setAsideId: await addSetAside(desk, shop, workspaceId),
      unclaimedId: await addSetAside(desk, shop, null),
      externalId: `${accountId}-text`,
      contactExternalId,
      attemptId,
      integrationId,
      webhookId,
      ...seats,
      attachmentToken,
      backFillId,
      connectState: fresh.state,
      browser: fresh.browser,
    },
  };
}

/** At work: the integration holds the conversation and has offered it to the inbox. */
async function addSwitchboard(
  program: Ctx,
  { integrationId, conversationId }: Pick<Ids, "integrationId" | "conversationId">,
): Promise<{ switchboardId: string; responderId: string }> {
  const made = await createSwitchboard(program);
  const switchboardId = made?.id ?? "";
  const bot = await addSwitchboardIntegration(program, { switchboardId, name: "bot", integrationId });
  await addSwitchboardIntegration(program, { switchboardId, name: "inbox", integrationType: "replydesk:inbox" });
  const responderId = bot?.id ?? "";
  await updateSwitchboard(program, { switchboardId, enabled: true, defaultId: responderId });
  await passControl(program, { conversationId, to: "bot" });
  await offerControl(program, { conversationId, to: "inbox" });
  return { switchboardId, responderId };
}

async function addMissedEvent(
  desk: DeskFixture,
  ids: Pick<Ids, "workspaceId" | "webhookId" | "conversationId" | "messageId">,
): Promise<void> {
  await desk.db.execute(sql`
    insert into webhook_event (workspace_id, webhook_id, id, trigger, conversation_id, message_id, created_at, state, settled_at)
    values (${ids.workspaceId}, ${ids.webhookId}, ${newId()}, 'conversation:message', ${ids.conversationId}, ${ids.messageId},
      desk_now(), 'failed', desk_now())`);
}

async function addReply(
  desk: DeskFixture,
  shop: WorkspaceFixture,
  conversationId: string,
  state: "failed" | "unconfirmed",
): Promise<string> {
  const id = newId();
  await desk.db.execute(sql`
    insert into message (workspace_id, id, conversation_id, channel_id, direction, origin, kind, text, author_id, sent_at, arrival, state,
      attempt, dispatched_at, failure_code, failure_text)
    select ${shop.workspaceId}, ${id}, id, channel_id, 'out', 'desk', 'text', 'Forty.', ${shop.member.id}, desk_now(),
      last_arrival + 1, ${state}, 1, desk_now(), 'x', 'x'
    from conversation where workspace_id = ${shop.workspaceId} and id = ${conversationId}`);
  await desk.db.execute(sql`update conversation set last_arrival = last_arrival + 1 where id = ${conversationId}`);
  return id;
}

/** A back-fill that has one thread to read. */
async function addBackFill(desk: DeskFixture, shop: WorkspaceFixture, contactExternalId: string): Promise<string> {
  const { workspaceId, channelId } = shop;
  const id = await startBackFill(desk.system, { workspaceId, channelId, reason: "connect" });
  if (!id) throw new Error("The channel that was just made is missing.");
  await desk.db.execute(sql`
    insert into meta_thread (workspace_id, channel_id, external_id, contact_external_id, updated_at, back_fill_id)
    values (${workspaceId}, ${channelId}, ${`thread-${contactExternalId}`}, ${contactExternalId}, desk_now(), ${id})`);
  return id;
}

async function addSetAside(desk: DeskFixture, shop: WorkspaceFixture, workspaceId: string | null): Promise<string> {
  const id = newId();
  await desk.db.execute(sql`
    insert into set_aside (id, workspace_id, channel_id, facebook_app_id, account_id, reason, raw, created_at, expires_at)
    values (${id}, ${workspaceId}, ${workspaceId && shop.channelId}, ${APP_ID}, ${shop.accountId}, 'Not shown yet.', '{}'::bytea,
      desk_now(), desk_now() + interval '30 days')`);
  return id;
}

/** Ids of the same form that belong to nothing. */
export function absentIds(): Ids {
  return {
    workspaceId: newId(),
    channelId: newId(),
    facebookAppId: "8",
    memberId: newId(),
    invitationId: newId(),
    contactId: newId(),
    conversationId: newId(),
    messageId: newId(),
    failedId: newId(),
    unconfirmedId: newId(),
    storyMessageId: newId(),
    imageMessageId: newId(),
    uploadId: newId(),
    setAsideId: newId(),
    unclaimedId: newId(),
    externalId: "nobody-text",
    contactExternalId: "79999",
    attemptId: newId(),
    integrationId: newId(),
    webhookId: newId(),
    switchboardId: newId(),
    responderId: newId(),
    attachmentToken: "a-token-of-nothing-at-all",
    backFillId: newId(),
    connectState: "no state of anybody",
    browser: "no browser of anybody",
  };
}

/** Every row of a workspace, every job that names it, and what was set aside for its account. */
export async function everythingOf(desk: DeskFixture, workspaceId: string): Promise<string> {
  const { rows: tables } = await desk.pool.query<{ name: string }>(`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id' order by 1`);
  const parts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await desk.pool.query<{ line: string }>(
        `select to_jsonb(t)::text as line from "${name}" t where workspace_id = $1 order by 1`,
        [workspaceId],
      );
      return [name, ...rows.map((row) => row.line)].join("\n");
    }),
  );
  const own = await desk.pool.query<{ line: string }>(
    `select to_jsonb(t)::text as line from workspace t where id::text = $1
     union all select to_jsonb(t)::text from job t where payload ->> 'workspaceId' = $1
     union all select to_jsonb(t)::text from set_aside t where workspace_id is null
       and account_id in (select account_id from channel where workspace_id::text = $1) order by 1`,
    [workspaceId],
  );
  return [...parts, ...own.rows.map((row) => row.line)].join("\n");
}

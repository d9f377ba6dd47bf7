import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealAppSecret, sealPageToken } from "@/lib/inbox/connect-secrets";
import { log } from "@/lib/log";
import { pageToken } from "@/lib/meta/page-token";
import { APP_ID, addWorkspace, type DeskFixture, openDesk, type WorkspaceFixture } from "./desk-fixture";
import { useSettings } from "./settings";

const OWN = { id: "8100200300", secret: "fedcba9876543210fedcba9876543210" };

let desk: DeskFixture;
let shop: WorkspaceFixture;
let other: WorkspaceFixture;

beforeAll(async () => {
  log.level = "silent";
  useSettings();
  desk = await openDesk();
  shop = await addWorkspace(desk, { accountId: "17841500000000001" });
  other = await addWorkspace(desk, { accountId: "17841500000000002" });
  const sealed = sealAppSecret({ workspaceId: shop.workspaceId, facebookAppId: OWN.id }, OWN.secret);
  await desk.db.execute(sql`
    insert into facebook_app (workspace_id, id, secret_sealed, verify_token, created_at)
    values (${shop.workspaceId}, ${OWN.id}, ${sql.param(sealed)}, 'x', desk_now())`);
});

afterAll(() => desk.close());

function channelOf(workspace: WorkspaceFixture, facebookAppId: string) {
  const { workspaceId, channelId } = workspace;
  return { workspaceId, channelId, facebookAppId, tokenSealed: sealPageToken(channelId, "EAApage") };
}

test("calls are signed with the secret of the app that the channel came through", async () => {
  const installation = channelOf(shop, APP_ID);
  expect(await pageToken(desk.system, installation)).toEqual({
    value: "EAApage",
    appSecret: "0123456789abcdef0123456789abcdef",
  });
  expect(await pageToken(desk.system, channelOf(shop, OWN.id))).toEqual({ value: "EAApage", appSecret: OWN.secret });
});

test("an app that another workspace brought signs nothing here", async () => {
  await expect(pageToken(desk.system, channelOf(other, OWN.id))).rejects.toMatchObject({ code: "channel_unusable" });
});

test("a row that was moved to another channel, workspace or app does not decrypt", async () => {
  const moved = { ...channelOf(shop, OWN.id), channelId: other.channelId };
  await expect(pageToken(desk.system, moved)).rejects.toMatchObject({ code: "channel_unusable" });
  await desk.db.execute(sql`
    insert into facebook_app (workspace_id, id, secret_sealed, verify_token, created_at)
    select ${other.workspaceId}, id, secret_sealed, verify_token, created_at from facebook_app where workspace_id = ${shop.workspaceId}`);
  await expect(pageToken(desk.system, channelOf(other, OWN.id))).rejects.toThrow();
  await desk.db.execute(sql`update facebook_app set id = '9' where workspace_id = ${shop.workspaceId}`);
  await expect(pageToken(desk.system, channelOf(shop, "9"))).rejects.toThrow();
});

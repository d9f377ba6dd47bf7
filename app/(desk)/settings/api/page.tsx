import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentMember } from "@/app/session";
import { ApiFacts } from "@/components/settings/api-facts";
import { ApiKeyList } from "@/components/settings/api-key-list";
import { CreateKeyDialog } from "@/components/settings/create-key-dialog";
import { SettingsNav } from "@/components/settings/settings-nav";
import { SwitchboardCard } from "@/components/settings/switchboard-card";
import { Page } from "@/components/ui/page";
import { publicId } from "@/lib/api/public-id";
import { listApiKeys } from "@/lib/auth/list-api-keys";
import { sharedDatabase } from "@/lib/db/connection";
import { env } from "@/lib/env";
import { listIntegrations } from "@/lib/inbox/list-integrations";
import { readSwitchboard } from "@/lib/inbox/read-switchboard";
import {
  createKeyAction,
  removeSwitchboardAction,
  revokeKeyAction,
  setUpSwitchboardAction,
  turnSwitchboardAction,
} from "./actions";

export const metadata: Metadata = { title: "API" };

/** More than anybody has to choose from. */
const MOST_PROGRAMS = 200;

export default async function ApiPage() {
  const actor = await currentMember("/settings/api");
  if (actor.role === "agent") redirect("/settings/people");
  const ctx = { db: sharedDatabase(), actor };
  const keys = await listApiKeys(ctx.db, actor);
  const programs = await listIntegrations(ctx, { types: ["custom"], limit: MOST_PROGRAMS });
  return (
    <Page
      title="API"
      description="For programs that read and answer conversations: a helpdesk, a bot, your own site."
      actions={<CreateKeyDialog create={createKeyAction} />}
    >
      <SettingsNav current="/settings/api" />
      <ApiFacts appId={publicId(actor.workspaceId)} basePath={env().APP_URL} />
      <ApiKeyList keys={keys} revoke={revokeKeyAction} />
      <SwitchboardCard
        switchboard={await readSwitchboard(ctx)}
        programs={programs.map(({ id, name }) => ({ id, name: name ?? "Unnamed integration" }))}
        setUp={setUpSwitchboardAction}
        turn={turnSwitchboardAction}
        remove={removeSwitchboardAction}
      />
    </Page>
  );
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentMember } from "@/app/session";
import { ApiFacts } from "@/components/settings/api-facts";
import { ApiKeyList } from "@/components/settings/api-key-list";
import { CreateKeyDialog } from "@/components/settings/create-key-dialog";
import { SettingsNav } from "@/components/settings/settings-nav";
import { Page } from "@/components/ui/page";
import { publicId } from "@/lib/api/public-id";
import { listApiKeys } from "@/lib/auth/list-api-keys";
import { sharedDatabase } from "@/lib/db/connection";
import { env } from "@/lib/env";
import { createKeyAction, revokeKeyAction } from "./actions";

export const metadata: Metadata = { title: "API" };

export default async function ApiPage() {
  const actor = await currentMember("/settings/api");
  if (actor.role === "agent") redirect("/settings/people");
  const keys = await listApiKeys(sharedDatabase(), actor);
  return (
    <Page
      title="API"
      description="For programs that read and answer conversations: a helpdesk, a bot, your own site."
      actions={<CreateKeyDialog create={createKeyAction} />}
    >
      <SettingsNav current="/settings/api" />
      <ApiFacts appId={publicId(actor.workspaceId)} basePath={env().APP_URL} />
      <ApiKeyList keys={keys} revoke={revokeKeyAction} />
    </Page>
  );
}

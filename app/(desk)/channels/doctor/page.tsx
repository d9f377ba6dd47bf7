import type { Metadata } from "next";
import { currentMember } from "@/app/session";
import { AskManager } from "@/components/channels/ask-manager";
import { ConnectButton } from "@/components/channels/connect-button";
import { FirstDoctor } from "@/components/channels/first-doctor";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { listChannelManagers } from "@/lib/inbox/list-channel-managers";
import { readFirstDoctor } from "@/lib/meta/doctor/read-first-doctor";
import { businessIntegrationsUrl } from "@/lib/meta/login-dialog";
import { start } from "../connect/actions";
import { checkAgainAction, subscribeInstallationAppAction } from "./actions";

export const metadata: Metadata = { title: "Connection doctor" };

export default async function DoctorPage() {
  const member = await currentMember("/channels/doctor");
  const ctx = { db: sharedDatabase(), actor: member };
  if (member.role === "agent") return <AskManager managers={await listChannelManagers(ctx)} />;
  return (
    <Page
      title="Connection doctor"
      description="What can be known before an account is connected: from this desk's settings, from the Facebook app, and from the last login."
      actions={<ButtonLink href="/channels">All channels</ButtonLink>}
    >
      <FirstDoctor
        doctor={await readFirstDoctor(ctx)}
        actions={{
          reconnect: start,
          subscribe_page: subscribeInstallationAppAction,
          subscribe_app: subscribeInstallationAppAction,
          check: checkAgainAction,
        }}
        connect={<ConnectButton action={start} label="Connect afresh" size="sm" />}
        businessIntegrationsUrl={businessIntegrationsUrl()}
      />
    </Page>
  );
}

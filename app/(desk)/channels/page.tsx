import { AtSign } from "lucide-react";
import type { Metadata } from "next";
import { currentMember } from "@/app/session";
import { AskManager } from "@/components/channels/ask-manager";
import { ChannelList } from "@/components/channels/channel-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { listChannelManagers } from "@/lib/inbox/list-channel-managers";
import { listChannels } from "@/lib/inbox/list-channels";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage() {
  const member = await currentMember("/channels");
  const ctx = { db: sharedDatabase(), actor: member };
  if (member.role === "agent") return <AskManager managers={await listChannelManagers(ctx)} />;
  const { channels } = await listChannels(ctx);
  const connect = (
    <ButtonLink href="/channels/connect" variant="primary">
      Connect an account
    </ButtonLink>
  );
  return (
    <Page
      title="Channels"
      description="The Instagram accounts whose messages are answered here."
      actions={channels.length > 0 && connect}
    >
      {channels.length > 0 ? (
        <ChannelList channels={channels} />
      ) : (
        <EmptyState icon={<AtSign />} title="No account is connected yet" action={connect}>
          Connect an Instagram professional account, and its messages appear in the inbox.
        </EmptyState>
      )}
    </Page>
  );
}

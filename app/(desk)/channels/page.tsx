import { AtSign } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { currentMember } from "@/app/session";
import { AskManager } from "@/components/channels/ask-manager";
import { ChannelList } from "@/components/channels/channel-list";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { listChannelManagers } from "@/lib/inbox/list-channel-managers";
import { listChannels } from "@/lib/inbox/list-channels";

export const metadata: Metadata = { title: "Channels" };

type Props = { searchParams: Promise<{ erased?: string | string[] }> };

export default async function ChannelsPage({ searchParams }: Props) {
  const { erased } = await searchParams;
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
      {erased !== undefined && (
        <Notice announce title="Disconnected, and its history is being erased">
          {erased === "yes"
            ? "Facebook reports its messages no more."
            : "Facebook could not be told to stop reporting its messages. What it still reports is not kept; it ends when the app is removed on Facebook under Business Integrations."}
        </Notice>
      )}
      {channels.length > 0 ? (
        <ChannelList channels={channels} />
      ) : (
        <EmptyState icon={<AtSign />} title="No account is connected yet" action={connect}>
          Connect an Instagram professional account, and its messages appear in the inbox. If that fails, the{" "}
          <Link href="/channels/doctor" className="text-ink underline">
            connection doctor
          </Link>{" "}
          says why.
        </EmptyState>
      )}
    </Page>
  );
}

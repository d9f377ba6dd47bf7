import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { currentMember } from "@/app/session";
import { AskManager } from "@/components/channels/ask-manager";
import { ChannelDoctor } from "@/components/channels/channel-doctor";
import { ChannelFacts } from "@/components/channels/channel-facts";
import { ChannelHistory } from "@/components/channels/channel-history";
import { DisconnectChannel } from "@/components/channels/disconnect-channel";
import { OwnApp } from "@/components/channels/own-app";
import { Reconnect } from "@/components/channels/reconnect";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { isAppError } from "@/lib/errors";
import type { Ctx } from "@/lib/inbox/context";
import { listChannelManagers } from "@/lib/inbox/list-channel-managers";
import { type ChannelDetails, readChannel } from "@/lib/inbox/read-channel";
import { readHistory } from "@/lib/inbox/read-history";
import { readDoctor } from "@/lib/meta/doctor/read-doctor";
import { businessIntegrationsUrl } from "@/lib/meta/login-dialog";
import { readOwnApp } from "@/lib/meta/read-own-app";
import { start } from "../connect/actions";
import { disconnectAction } from "./actions";
import { checkNowAction, subscribeAppAction, subscribePageAction } from "./doctor-actions";

export const metadata: Metadata = { title: "Channel" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ connected?: string | string[] }> };

export default async function ChannelPage({ params, searchParams }: Props) {
  const { id } = await params;
  const member = await currentMember(`/channels/${id}`);
  const ctx = { db: sharedDatabase(), actor: member };
  if (member.role === "agent") return <AskManager managers={await listChannelManagers(ctx)} />;
  const channel = await findChannel(ctx, id);
  const justConnected = (await searchParams).connected === "yes";
  const works = channel.state === "healthy";
  const doctor = await readDoctor(ctx, { channelId: channel.id });
  const urgent = doctor.lines.some(({ tone }) => tone === "bad" || tone === "soon");
  const facts = (
    <Card title="Connection">
      <ChannelFacts channel={channel} />
    </Card>
  );
  return (
    <Page
      title={`@${channel.username}`}
      description={channel.name}
      actions={<ButtonLink href="/channels">All channels</ButtonLink>}
    >
      {justConnected && works && (
        <Notice tone="good" announce title="Connected" action={<ButtonLink href="/inbox">Open the inbox</ButtonLink>}>
          New messages to @{channel.username} appear in the inbox from now on.
        </Notice>
      )}
      {channel.state === "disconnected" && (
        <Notice
          tone="bad"
          title="This account is not connected any more"
          action={<Reconnect channel={channel} start={start} variant="primary" />}
        >
          Reconnect it to receive and answer its messages again.
        </Notice>
      )}
      {!urgent && facts}
      <ChannelDoctor
        channelId={channel.id}
        doctor={doctor}
        businessIntegrationsUrl={businessIntegrationsUrl()}
        actions={{
          reconnect: start,
          subscribe_page: subscribePageAction,
          subscribe_app: subscribeAppAction,
          check: checkNowAction,
        }}
      />
      {urgent && facts}
      {channel.way === "own_app" && (
        <Suspense fallback={null}>
          <OwnAppSection ctx={ctx} channel={channel} />
        </Suspense>
      )}
      <ChannelHistory
        channelId={channel.id}
        connected={channel.state !== "disconnected"}
        history={await readHistory(ctx, { channelId: channel.id })}
      />
      {works && (
        <Card
          title="Reconnect"
          description="Log in again on Facebook, for instance with another person's access. Conversations and history stay."
        >
          <Reconnect channel={channel} start={start} variant="secondary" />
        </Card>
      )}
      <DisconnectChannel
        channel={channel}
        businessIntegrationsUrl={businessIntegrationsUrl()}
        disconnect={disconnectAction}
      />
    </Page>
  );
}

/** Facebook is asked while the rest of the page stands already. */
async function OwnAppSection({ ctx, channel }: { ctx: Ctx; channel: ChannelDetails }) {
  const app = await readOwnApp(ctx, channel);
  return app && <OwnApp app={app} />;
}

async function findChannel(ctx: Ctx, channelId: string): Promise<ChannelDetails> {
  try {
    return await readChannel(ctx, { channelId });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

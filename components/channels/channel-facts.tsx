import type { ReactNode } from "react";
import type { ChannelDetails } from "@/lib/inbox/read-channel";
import { ChannelState } from "./channel-state";
import { LocalTime } from "./local-time";

export function ChannelFacts({ channel }: { channel: ChannelDetails }) {
  const { connectedAt, connectedAs, connectedBy, lastDeliveryAt } = channel;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2.5 text-sm">
      <Fact name="State">
        <ChannelState {...channel} />
      </Fact>
      <Fact name="Instagram account">
        @{channel.username}
        {channel.name && `, ${channel.name}`}
      </Fact>
      <Fact name="Facebook Page">{channel.pageName}</Fact>
      {connectedAs && <Fact name="Connected as">{connectedAs} on Facebook</Fact>}
      {connectedBy && <Fact name="Connected by">{connectedBy}</Fact>}
      {connectedAt !== null && (
        <Fact name="Connected since">
          <LocalTime at={connectedAt} />
        </Fact>
      )}
      <Fact name="Last heard from Instagram">
        {lastDeliveryAt === null ? "Not yet" : <LocalTime at={lastDeliveryAt} />}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

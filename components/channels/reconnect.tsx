import type { ButtonVariant } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import type { ChannelDetails } from "@/lib/inbox/read-channel";
import { ConnectButton, type StartAction } from "./connect-button";

type ReconnectProps = { channel: ChannelDetails; start: StartAction; variant: ButtonVariant };

/** Reconnects a channel in place: through its own Facebook app with a new token, else with a login. */
export function Reconnect({ channel, start, variant }: ReconnectProps) {
  if (channel.way !== "own_app") {
    return <ConnectButton action={start} label="Reconnect" channelId={channel.id} variant={variant} />;
  }
  return (
    <ButtonLink href={`/channels/connect/own-app?channel=${channel.id}`} variant={variant}>
      Reconnect
    </ButtonLink>
  );
}

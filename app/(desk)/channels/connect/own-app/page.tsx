import type { Metadata } from "next";
import { currentMember } from "@/app/session";
import { AskManager } from "@/components/channels/ask-manager";
import { PasteTokenForm } from "@/components/channels/paste-token-form";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { isAppError } from "@/lib/errors";
import { isId } from "@/lib/ids";
import type { Ctx } from "@/lib/inbox/context";
import { listChannelManagers } from "@/lib/inbox/list-channel-managers";
import { readChannel } from "@/lib/inbox/read-channel";
import { paste } from "../actions";

export const metadata: Metadata = { title: "Connect with your own Facebook app" };

type Props = { searchParams: Promise<{ channel?: string | string[] }> };

export default async function OwnAppPage({ searchParams }: Props) {
  const member = await currentMember("/channels/connect/own-app");
  const ctx = { db: sharedDatabase(), actor: member };
  if (member.role === "agent") return <AskManager managers={await listChannelManagers(ctx)} />;
  const { channel } = await searchParams;
  const channelId = isId(channel) ? channel : null;
  return (
    <Page
      title="Connect with your own Facebook app"
      description="The account's messages come through an app of yours instead of this desk's."
      actions={<ButtonLink href="/channels/connect">Other ways</ButtonLink>}
    >
      <Card title="What you need">
        <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-soft">
          <li>
            At <span className="text-ink">developers.facebook.com → My Apps → your app → App settings → Basic</span>:
            the app ID and the app secret.
          </li>
          <li>
            Under <span className="text-ink">Messenger → Instagram settings → Token Generation</span>: a token for the
            Page of your Instagram account. Allow everything that Facebook asks.
          </li>
          <li>
            The app is Live, or you have a role on it. Its webhook address and verify token are shown here once the
            account is saved; where Facebook lets this desk, it enters them by itself.
          </li>
        </ol>
      </Card>
      <Card>
        <PasteTokenForm paste={paste} channelId={channelId} ownApp={{ id: await knownApp(ctx, channelId) }} />
      </Card>
    </Page>
  );
}

/** The own app of the channel that is to be reconnected. */
async function knownApp(ctx: Ctx, channelId: string | null): Promise<string | null> {
  if (channelId === null) return null;
  try {
    const { way, facebookAppId } = await readChannel(ctx, { channelId });
    return way === "own_app" ? facebookAppId : null;
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}

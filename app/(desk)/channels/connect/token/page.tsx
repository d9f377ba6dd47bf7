import type { Metadata } from "next";
import { currentMember } from "@/app/session";
import { AskManager } from "@/components/channels/ask-manager";
import { PasteTokenForm } from "@/components/channels/paste-token-form";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { isId } from "@/lib/ids";
import { listChannelManagers } from "@/lib/inbox/list-channel-managers";
import { installationApp } from "@/lib/meta/facebook-apps";
import { paste } from "../actions";

export const metadata: Metadata = { title: "Connect with a Page token" };

type Props = { searchParams: Promise<{ channel?: string | string[] }> };

export default async function TokenPage({ searchParams }: Props) {
  const member = await currentMember("/channels/connect/token");
  const ctx = { db: sharedDatabase(), actor: member };
  if (member.role === "agent") return <AskManager managers={await listChannelManagers(ctx)} />;
  const { channel } = await searchParams;
  return (
    <Page
      title="Connect with a Page token"
      description="The quick start for an account of your own."
      actions={<ButtonLink href="/channels/connect">Other ways</ButtonLink>}
    >
      <Card title="Where the token comes from">
        <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-soft">
          <li>
            Open <span className="text-ink">developers.facebook.com → My Apps</span> and there the app with the number{" "}
            <code className="text-ink">{installationApp().id}</code>.
          </li>
          <li>
            Open <span className="text-ink">Messenger → Instagram settings → Token Generation</span> and choose the Page
            of your Instagram account.
          </li>
          <li>Allow everything that Facebook asks, press “Generate token”, and copy it.</li>
        </ol>
      </Card>
      <Card>
        <PasteTokenForm paste={paste} channelId={isId(channel) ? channel : null} />
      </Card>
    </Page>
  );
}

import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import type { OwnApp as App } from "@/lib/meta/read-own-app";

const STATES: Record<App["subscription"], { tone: NoticeTone; words: string }> = {
  ours: { tone: "good", words: "Facebook sends this app's Instagram events here." },
  none: {
    tone: "warn",
    words:
      "Facebook did not take the address by itself. Paste both values in the app's dashboard under Webhooks → Instagram, press “Verify and save”, and subscribe to “messages”.",
  },
  other: {
    tone: "warn",
    words:
      "This app sends its Instagram events to another address, which this desk does not change. If they are to come here, paste both values in the app's dashboard under Webhooks → Instagram and press “Verify and save”.",
  },
  unknown: {
    tone: "info",
    words:
      "Facebook does not tell where this app's events go. If no message comes, compare both values with the app's dashboard under Webhooks → Instagram.",
  },
};

/** The Facebook app that came with this channel, and what its dashboard needs. */
export function OwnApp({ app }: { app: App }) {
  const { tone, words } = STATES[app.subscription];
  return (
    <Card title="Its own Facebook app" description={app.name ? `${app.name}, ${app.id}` : app.id}>
      <div className="flex flex-col gap-4">
        <Notice tone={tone}>{words}</Notice>
        <Value name="Webhook address" value={app.webhookAddress} />
        <Value name="Verify token" value={app.verifyToken} />
        <p className="border-line border-t pt-4 text-sm text-soft">
          Meta also wants to tell when somebody removes the app or asks for their data to be deleted. In the dashboard:
          Facebook Login → Settings, and Settings → Basic.
        </p>
        <Value name="Deauthorize callback URL" value={app.deauthorizeAddress} />
        <Value name="Data deletion callback URL" value={app.dataDeletionAddress} />
      </div>
    </Card>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <p className="text-soft text-sm">{name}</p>
        <code className="break-all text-sm">{value}</code>
      </div>
      <CopyButton text={value} what={`the ${name.charAt(0).toLowerCase()}${name.slice(1)}`} />
    </div>
  );
}

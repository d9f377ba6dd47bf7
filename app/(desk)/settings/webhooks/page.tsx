import { Webhook } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentMember } from "@/app/session";
import { CreateWebhookDialog } from "@/components/settings/create-webhook-dialog";
import { SettingsNav } from "@/components/settings/settings-nav";
import { WebhookItem } from "@/components/settings/webhook-item";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { RAISED_TRIGGERS } from "@/lib/api/schemas/webhook";
import { sharedDatabase } from "@/lib/db/connection";
import { now } from "@/lib/time";
import { listWebhooks } from "@/lib/webhooks/list-webhooks";
import { createWebhookAction, removeWebhookAction, resumeWebhookAction } from "./actions";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  const actor = await currentMember("/settings/webhooks");
  if (actor.role === "agent") redirect("/settings/people");
  const webhooks = await listWebhooks({ db: sharedDatabase(), actor });
  const at = now();
  return (
    <Page
      title="Webhooks"
      description="Addresses of your programs that are told what happens here, as it happens."
      actions={<CreateWebhookDialog create={createWebhookAction} triggers={[...RAISED_TRIGGERS]} />}
    >
      <SettingsNav current="/settings/webhooks" />
      {webhooks.length === 0 ? (
        <EmptyState icon={<Webhook />} title="Nobody is told yet">
          Create a webhook, and your program hears of every message within moments.
        </EmptyState>
      ) : (
        <Card>
          <ul aria-label="Webhooks" className="-my-3 divide-y divide-line">
            {webhooks.map((webhook) => (
              <WebhookItem
                key={webhook.id}
                webhook={webhook}
                now={at}
                remove={removeWebhookAction}
                resume={resumeWebhookAction}
              />
            ))}
          </ul>
        </Card>
      )}
    </Page>
  );
}

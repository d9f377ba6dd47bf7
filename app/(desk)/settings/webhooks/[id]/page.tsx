import { ArrowLeft, ListChecks } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { currentMember } from "@/app/session";
import { AttemptList } from "@/components/settings/attempt-list";
import { ReplayWebhook } from "@/components/settings/replay-webhook";
import { SettingsNav } from "@/components/settings/settings-nav";
import { WebhookState } from "@/components/settings/webhook-state";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { isId } from "@/lib/ids";
import { now } from "@/lib/time";
import { listAttempts } from "@/lib/webhooks/list-attempts";
import { listWebhooks } from "@/lib/webhooks/list-webhooks";
import { replayAction, resumeWebhookAction, showEventAction } from "../actions";

export const metadata: Metadata = { title: "Webhook" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function WebhookPage({ params, searchParams }: Props) {
  const { id } = await params;
  const actor = await currentMember(`/settings/webhooks/${id}`);
  if (actor.role === "agent") redirect("/settings/people");
  const ctx = { db: sharedDatabase(), actor };
  const [webhook] = isId(id) ? await listWebhooks(ctx, { id }) : [];
  if (!webhook) notFound();
  const { after } = await searchParams;
  const { attempts, next } = await listAttempts(ctx, {
    webhookId: id,
    after: typeof after === "string" && after !== "" ? after : undefined,
  });
  return (
    <Page title={webhook.integration} description={<span className="break-all">{webhook.target}</span>}>
      <SettingsNav current="/settings/webhooks" />
      <Link
        href="/settings/webhooks"
        className="inline-flex w-fit items-center gap-1.5 text-sm text-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-4" />
        All webhooks
      </Link>
      <WebhookState webhook={webhook} now={now()} resume={resumeWebhookAction} />
      <ReplayWebhook webhook={webhook} replay={replayAction} />
      {attempts.length === 0 ? (
        <EmptyState icon={<ListChecks />} title={after ? "Nothing is older" : "It has not been called yet"}>
          {after ? "Attempts are kept for 30 days." : "Every attempt to tell it something is listed here."}
        </EmptyState>
      ) : (
        <Card title="Attempts" description="Newest first, kept for 30 days, without what was said.">
          <AttemptList webhookId={id} attempts={attempts} replay={replayAction} show={showEventAction} />
        </Card>
      )}
      {next && (
        <div className="flex justify-center">
          <ButtonLink href={`/settings/webhooks/${id}?${new URLSearchParams({ after: next })}`}>Older</ButtonLink>
        </div>
      )}
    </Page>
  );
}

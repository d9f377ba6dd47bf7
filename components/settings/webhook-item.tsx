"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import type { WebhookOverview } from "@/lib/webhooks/list-webhooks";
import type { Answer } from "./answer";
import { ConfirmDialog } from "./confirm-dialog";
import { WebhookState } from "./webhook-state";

type WebhookItemProps = {
  webhook: WebhookOverview;
  now: number;
  remove: (id: string) => Promise<Answer>;
  resume: (id: string) => Promise<Answer>;
};

export function WebhookItem({ webhook, now, remove, resume }: WebhookItemProps) {
  const { id, integration, target, triggers, waiting, missed } = webhook;
  const log = `/settings/webhooks/${id}`;
  return (
    <li className="flex flex-col gap-3 py-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <p className="break-words font-medium">
            <Link href={log} className="hover:underline">
              {integration}
            </Link>
          </p>
          <p className="break-all text-soft text-sm">{target}</p>
          <p className="mt-0.5 break-words text-faint text-sm">
            {triggers.includes("*") ? "Everything" : triggers.join(", ")}
          </p>
          <p className="text-faint text-sm">
            {waiting === 0 ? "Nothing waits" : `${events(waiting)} waiting`}
            {missed > 0 && ` · ${events(missed)} missed`}
          </p>
        </div>
        <div className="flex gap-2">
          <ButtonLink size="sm" href={log} aria-label={`Attempts of ${integration}`}>
            Attempts
          </ButtonLink>
          <ConfirmDialog
            title={`Delete the webhook of “${integration}”?`}
            description={`${target} is told nothing any more. What waits for it and its log go too.`}
            trigger={
              <Button size="sm" variant="danger">
                Delete
              </Button>
            }
            keep="Keep it"
            confirm="Delete"
            act={() => remove(id)}
          />
        </div>
      </div>
      <WebhookState webhook={webhook} now={now} resume={resume} />
    </li>
  );
}

function events(count: number): string {
  return count === 1 ? "1 event" : `${count} events`;
}

import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentMember } from "@/app/session";
import { SetAsideList } from "@/components/settings/set-aside-list";
import { SetAsideReasons } from "@/components/settings/set-aside-reasons";
import { SettingsNav } from "@/components/settings/settings-nav";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { listSetAside } from "@/lib/inbox/list-set-aside";
import { nameRawItem } from "@/lib/meta/name-raw-item";
import { replayAction } from "./actions";

export const metadata: Metadata = { title: "Set aside" };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function SetAsidePage({ searchParams }: { searchParams: Query }) {
  const actor = await currentMember("/settings/set-aside");
  if (actor.role === "agent") redirect("/settings/people");
  const query = await searchParams;
  const reason = one(query.reason);
  const { reasons, items, next } = await listSetAside(
    { db: sharedDatabase(), actor },
    { after: one(query.after), reason },
  );
  const shownReason = reasons.find((each) => each.reason === reason) ?? null;
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <Page
      title="Set aside"
      description="What Instagram sent and the inbox does not show, each with its reason, as it came. Nothing here holds up other messages."
    >
      <SettingsNav current="/settings/set-aside" />
      {total > 0 && <SetAsideReasons reasons={reasons} current={shownReason?.reason ?? null} />}
      <SetAsideList
        items={items.map((item) => ({ ...item, kind: nameRawItem(item.raw) }))}
        reason={shownReason?.reason ?? null}
        count={shownReason?.count ?? total}
        replay={replayAction}
      />
      {items.length === 0 &&
        (total === 0 ? (
          <EmptyState icon={<Inbox />} title="Nothing is set aside">
            Everything that Instagram sent is in the inbox.
          </EmptyState>
        ) : (
          <EmptyState
            icon={<Inbox />}
            title="None of these are left"
            action={<ButtonLink href="/settings/set-aside">Show all reasons</ButtonLink>}
          >
            They were delivered again or their time was up.
          </EmptyState>
        ))}
      {next && (
        <div className="flex justify-center">
          <ButtonLink href={olderHref(next, reason)}>Older</ButtonLink>
        </div>
      )}
    </Page>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function olderHref(after: string, reason: string | undefined): string {
  return `/settings/set-aside?${new URLSearchParams({ after, ...(reason ? { reason } : {}) })}`;
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentMember } from "@/app/session";
import { DeletionDesk } from "@/components/settings/deletion-desk";
import { DeletionReceipts } from "@/components/settings/deletion-receipts";
import { SettingsNav } from "@/components/settings/settings-nav";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { listDeletions } from "@/lib/inbox/list-deletions";
import { eraseAction, findAction, lookAction } from "./actions";

export const metadata: Metadata = { title: "Deletion" };

export default async function DeletionPage() {
  const actor = await currentMember("/settings/deletion");
  if (actor.role === "agent") redirect("/settings/people");
  const receipts = await listDeletions({ db: sharedDatabase(), actor });
  return (
    <Page
      title="Deletion"
      description="When a customer asks what you keep of them, or asks you to delete it: find them, hand it over, erase it."
    >
      <SettingsNav current="/settings/deletion" />
      <DeletionDesk find={findAction} look={lookAction} erase={eraseAction} />
      <DeletionReceipts receipts={receipts} />
    </Page>
  );
}

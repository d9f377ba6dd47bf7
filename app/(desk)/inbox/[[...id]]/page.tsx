import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { currentMember } from "@/app/session";
import { InboxApp } from "@/components/inbox/inbox-app";
import { sharedDatabase } from "@/lib/db/connection";
import { env } from "@/lib/env";
import { isAppError } from "@/lib/errors";
import type { Ctx } from "@/lib/inbox/context";
import { listChannels } from "@/lib/inbox/list-channels";
import { listConversations } from "@/lib/inbox/list-conversations";
import { readThread } from "@/lib/inbox/read-thread";
import type { ThreadPage } from "@/lib/inbox/types";
import { now } from "@/lib/time";

export const metadata: Metadata = { title: "Inbox" };

type InboxPageProps = { params: Promise<{ id?: string[] }> };

export default async function InboxPage({ params }: InboxPageProps) {
  const { id = [] } = await params;
  const [conversationId] = id;
  if (id.length > 1) notFound();
  const path = conversationId ? `/inbox/${conversationId}` : "/inbox";
  const member = await currentMember(path);
  const ctx: Ctx = { db: sharedDatabase(), actor: member };
  const [channels, list, thread, zone] = await Promise.all([
    listChannels(ctx),
    listConversations(ctx, {}),
    conversationId ? findThread(ctx, conversationId) : null,
    readZone(),
  ]);
  return (
    <InboxApp
      start={{
        viewer: {
          id: member.id,
          workspaceId: member.workspaceId,
          name: member.name,
          canConnect: member.role !== "agent",
        },
        channels,
        list,
        thread,
        serverNow: now(),
        phoneUrl: env().DEMO_PHONE_URL ?? null,
      }}
      path={path}
      zone={zone}
    />
  );
}

async function findThread(ctx: Ctx, conversationId: string): Promise<ThreadPage> {
  try {
    return await readThread(ctx, { conversationId });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

/** The reader's time zone as their browser told it on an earlier visit. */
async function readZone(): Promise<string> {
  const zone = (await cookies()).get("replydesk-zone")?.value ?? "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // Not a zone's name: shown in UTC until the browser speaks for itself.
    return "UTC";
  }
}

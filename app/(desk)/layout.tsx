import type { ReactNode } from "react";
import { findMember } from "@/app/session";
import { ChannelBanners } from "@/components/desk/channel-banners";
import { DeskNav } from "@/components/desk/desk-nav";
import { sharedDatabase } from "@/lib/db/connection";
import { listChannels } from "@/lib/inbox/list-channels";
import { now } from "@/lib/time";
import { start } from "./channels/connect/actions";

/** The frame of everything behind the sign-in: a skip link, the navigation, and a page beside it. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const member = await findMember();
  // Each page sends strangers to sign in and back to where they wanted to go.
  if (!member) return children;
  return (
    <div className="relative flex h-dvh flex-col-reverse overflow-hidden bg-ground desk:flex-row">
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-accent px-4 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to content
      </a>
      <DeskNav member={{ id: member.id, name: member.name, role: member.role, pictureUrl: member.pictureUrl }} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ChannelBanners
          viewer={{ id: member.id, workspaceId: member.workspaceId, manages: member.role !== "agent" }}
          start={await listChannels({ db: sharedDatabase(), actor: member })}
          serverNow={now()}
          reconnect={start}
        />
        <div className="flex min-h-0 min-w-0 flex-1">{children}</div>
      </div>
    </div>
  );
}

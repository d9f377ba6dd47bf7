"use client";

import { TriangleAlert } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { channelNews } from "@/lib/inbox/channel-news";
import type { ChannelRow } from "@/lib/inbox/types";
import { ConnectButton, type StartAction } from "../channels/connect-button";
import { ButtonLink } from "../ui/button-link";
import { cx } from "../ui/cx";
import { followChannels } from "./follow-channels";

type ChannelBannersProps = {
  viewer: { id: string; workspaceId: string; manages: boolean };
  start: { sequence: number; channels: ChannelRow[] };
  serverNow: number;
  reconnect: StartAction;
};

/** There the doctor says what is wrong, and has the buttons. */
const pageOf = (channelId: string) => `/channels/${channelId}`;

/** What is wrong with the accounts, on every page of the desk and as it happens. */
export function ChannelBanners({ viewer, start, serverNow, reconnect }: ChannelBannersProps) {
  const [channels, setChannels] = useState(start.channels);
  const [offset] = useState(() => serverNow - Date.now());
  const router = useRouter();
  const here = usePathname();
  const first = useRef(start);
  useEffect(() => {
    return followChannels({
      name: `replydesk:live:${viewer.workspaceId}:${viewer.id}`,
      start: first.current,
      onChannels: (rows) => {
        setChannels(rows);
        // Pages about channels are made by the server; the inbox follows the stream itself.
        if (location.pathname.startsWith("/channels")) router.refresh();
      },
    });
  }, [viewer.workspaceId, viewer.id, router]);

  const news = channels.flatMap((channel) => channelNews(channel, viewer.manages, Date.now() + offset) ?? []);
  return (
    <div role="status" aria-label="Problems with accounts" className="shrink-0 empty:hidden">
      {news.map(({ channelId, tone, title, text, mend }) => (
        <div
          key={channelId}
          className={cx(
            "flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 text-sm",
            tone === "bad" ? "bg-bad-soft" : "bg-warn-soft",
          )}
        >
          <TriangleAlert
            aria-hidden="true"
            className={cx("size-4.5 shrink-0 stroke-[1.8]", tone === "bad" ? "text-bad" : "text-warn")}
          />
          <p className="min-w-0 flex-1 basis-64 text-soft">
            <span className="font-medium text-ink">{title}.</span> {here !== pageOf(channelId) && text}
          </p>
          {mend && here !== pageOf(channelId) && (
            <div className="flex gap-2">
              {mend !== "look" && (
                <ConnectButton
                  action={reconnect}
                  label={mend === "ask_again" ? "Ask Facebook again" : "Reconnect"}
                  channelId={channelId}
                  askAgain={mend === "ask_again"}
                  size="sm"
                />
              )}
              <ButtonLink href={pageOf(channelId)} size="sm">
                See what to do
              </ButtonLink>
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

"use client";

import { Notice } from "../../ui/notice";
import { useChannels } from "../inbox-context";

/** Accounts that cannot receive or send, each with what is wrong and where it is mended. */
export function BrokenChannels() {
  const broken = useChannels().filter((channel) => channel.state === "broken");
  if (broken.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 border-line border-b p-2">
      {broken.map((channel) => (
        <Notice
          key={channel.id}
          tone="warn"
          title={`@${channel.username} needs attention`}
          action={
            <a href={`/channels/${channel.id}`} className="font-medium text-accent-strong underline underline-offset-2">
              See what to do
            </a>
          }
        >
          {channel.problem ?? "The connection to Instagram is broken. Reconnect it to receive and send."}
        </Notice>
      ))}
    </div>
  );
}

import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import type { ChannelRow } from "@/lib/inbox/types";
import { ChannelState } from "./channel-state";

export function ChannelList({ channels }: { channels: ChannelRow[] }) {
  return (
    <ul aria-label="Channels" className="flex flex-col gap-2">
      {channels.map((channel) => (
        <li
          key={channel.id}
          className="relative flex items-center gap-3.5 rounded-card border border-line bg-card px-4 py-3.5 transition-colors hover:border-edge"
        >
          <Avatar id={channel.id} name={channel.name ?? channel.username} src={channel.pictureUrl} size={40} />
          <div className="min-w-0 flex-1">
            <Link href={`/channels/${channel.id}`} className="font-medium after:absolute after:inset-0">
              @{channel.username}
            </Link>
            <p className="truncate text-soft text-sm">{channel.pageName}</p>
            {channel.problem && <p className="mt-1 text-bad text-sm">{channel.problem}</p>}
          </div>
          <ChannelState {...channel} />
        </li>
      ))}
    </ul>
  );
}

"use client";

import { ChevronLeft, PanelRight, TextSearch } from "lucide-react";
import type { ConversationRow } from "@/lib/inbox/types";
import { Avatar } from "../../ui/avatar";
import { IconButton } from "../../ui/icon-button";
import { useChannels, useInbox } from "../inbox-context";
import { avatarUrl } from "../list/avatar-url";
import { focusRow } from "../list/focus-row";

type ThreadHeaderProps = { conversation: ConversationRow; onFind: () => void; onContact: () => void };

export function ThreadHeader({ conversation, onFind, onContact }: ThreadHeaderProps) {
  const { close } = useInbox();
  const { contact, channelId } = conversation;
  const back = () => {
    close();
    focusRow(conversation.id);
  };
  const channel = useChannels().find(({ id }) => id === channelId);
  const handle = contact.username && contact.displayName !== `@${contact.username}` ? `@${contact.username}` : null;
  return (
    <header className="flex h-14 shrink-0 items-center gap-2.5 border-line border-b px-2.5 desk:px-4">
      <IconButton label="Back to conversations" className="-mr-1 desk:hidden" onClick={back}>
        <ChevronLeft />
      </IconButton>
      <Avatar id={contact.id} name={contact.displayName} src={avatarUrl(contact)} size={34} />
      <div className="min-w-0 flex-1 leading-tight desk:flex desk:items-baseline desk:gap-2">
        <h2 dir="auto" className="truncate text-left font-semibold">
          {contact.displayName}
        </h2>
        <p className="min-w-0 shrink-[2] truncate text-faint text-xs">
          {[handle, channel && `on @${channel.username}`].filter(Boolean).join(" · ")}
        </p>
      </div>
      <IconButton label="Find in conversation" onClick={onFind}>
        <TextSearch />
      </IconButton>
      <IconButton label={`About ${contact.displayName}`} className="wide:hidden" onClick={onContact}>
        <PanelRight />
      </IconButton>
    </header>
  );
}

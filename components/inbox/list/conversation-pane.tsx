"use client";

import { Keyboard } from "lucide-react";
import { cx } from "../../ui/cx";
import { IconButton } from "../../ui/icon-button";
import { NoConversation } from "../empty-states";
import { useConversations } from "../inbox-context";
import { BrokenChannels } from "./broken-channels";
import { ConversationList } from "./conversation-list";

type ConversationPaneProps = { onHelp: () => void; className: string };

export function ConversationPane({ onHelp, className }: ConversationPaneProps) {
  const { rows } = useConversations();
  const unread = rows.filter((row) => row.unread > 0).length;
  return (
    <div
      className={cx(
        "flex min-h-0 w-full shrink-0 flex-col border-line bg-paper desk:w-80 desk:border-x wide:w-[21.5rem]",
        className,
      )}
    >
      <header className="flex h-14 shrink-0 items-center gap-2 border-line border-b px-4">
        <h1 className="font-semibold text-base">Inbox</h1>
        {unread > 0 && <span className="tabular text-faint text-sm">{unread} unread</span>}
        <IconButton label="Keyboard shortcuts" className="-mr-2 ml-auto max-desk:hidden" onClick={onHelp}>
          <Keyboard />
        </IconButton>
      </header>
      <BrokenChannels />
      {rows.length === 0 ? <NoConversation /> : <ConversationList />}
    </div>
  );
}

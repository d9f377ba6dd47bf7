"use client";

import { Keyboard } from "lucide-react";
import { cx } from "../../ui/cx";
import { IconButton } from "../../ui/icon-button";
import { lazily } from "../../ui/lazily";
import { NoConversation } from "../empty-states";
import { useConversations, useInbox, useOpenId } from "../inbox-context";
import { focusFirstResult } from "../search/focus-first-result";
import { SEARCH_BOX, SearchBox } from "../search/search-box";
import { useSearch } from "../search/use-search";
import { ConversationList } from "./conversation-list";
import { focusRow } from "./focus-row";
import { RecoveredMessages } from "./recovered-messages";

const SearchResults = lazily(() => import("../search/search-results").then((module) => module.SearchResults));

type ConversationPaneProps = { onHelp: () => void; className: string };

export function ConversationPane({ onHelp, className }: ConversationPaneProps) {
  const { rows, unread } = useConversations();
  const { inbox } = useInbox();
  const { search, state } = useSearch(null);
  const openId = useOpenId();
  const searching = state.status !== "idle";
  const closeSearch = () => {
    search.set("");
    inbox.sought.set(null);
    if (openId) focusRow(openId);
    else document.getElementById(SEARCH_BOX)?.blur();
  };
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
      <SearchBox
        question={state.question}
        onQuestion={(question) => search.set(question)}
        onDown={focusFirstResult}
        onClose={closeSearch}
      />
      <RecoveredMessages />
      <div className="relative flex min-h-0 flex-1 flex-col">
        {/* The list waits under the results, where it was scrolled to. */}
        <div inert={searching} className="flex min-h-0 flex-1 flex-col">
          {rows.length === 0 ? <NoConversation /> : <ConversationList />}
        </div>
        {searching && (
          <SearchResults
            state={state}
            onMore={() => void search.more()}
            onAgain={() => search.again()}
            onClose={closeSearch}
          />
        )}
      </div>
    </div>
  );
}

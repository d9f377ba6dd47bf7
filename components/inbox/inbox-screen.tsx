"use client";

import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { cx } from "../ui/cx";
import { lazily } from "../ui/lazily";
import { Announcer } from "./announcer";
import { ConnectionLine } from "./connection-line";
import { NoChannel, NothingSelected } from "./empty-states";
import { useChannels, useConversations, useInbox, useOpenId } from "./inbox-context";
import { ConversationPane } from "./list/conversation-pane";
import { focusRow } from "./list/focus-row";
import { useNeighbours } from "./list/use-neighbours";
import { focusReplyBox } from "./reply/focus-reply-box";
import { FIND_BOX, SEARCH_BOX } from "./search/search-box";
import type { ShortcutAction } from "./shortcuts";
import { ThreadPane } from "./thread/thread-pane";
import { useShortcuts } from "./use-shortcuts";

const ShortcutsHelp = lazily(() => import("./shortcuts-help").then((module) => module.ShortcutsHelp));

export function InboxScreen() {
  const { open, close } = useInbox();
  const openId = useOpenId();
  const channels = useChannels();
  const { rows, unread } = useConversations();
  const { next, previous } = useNeighbours();
  const [help, setHelp] = useState(false);
  /** The conversation in which words are looked for. */
  const [findingIn, setFindingIn] = useState<string | null>(null);
  useTitle(unread, rows.find((row) => row.id === openId)?.contact.displayName);

  useShortcuts((action: ShortcutAction) => {
    if (action === "help") setHelp(true);
    if (action === "reply" && openId) focusReplyBox();
    if (action === "next" && next) goTo(next);
    if (action === "previous" && previous) goTo(previous);
    if (action === "leave") leave();
    if (action === "search") search();
    return action !== "find" || find();
  });

  const goTo = (id: string) => {
    open(id);
    focusRow(id);
  };
  const search = () => {
    // On a narrow screen the box stands in the list, behind the conversation.
    if (!document.getElementById(SEARCH_BOX)?.checkVisibility()) flushSync(close);
    focusAndSelect(SEARCH_BOX);
  };
  /** @returns false where the browser's own search is wanted */
  const find = (): boolean => {
    if (openId === null || document.activeElement?.id === FIND_BOX) return false;
    // At once: the letters that are typed next must fall into the field, and not be taken for keys.
    flushSync(() => setFindingIn(openId));
    focusAndSelect(FIND_BOX);
    return true;
  };
  const leave = () => {
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && focused.id === "reply") {
      focused.blur();
      if (openId) focusRow(openId);
    } else if (openId) {
      close();
      focusRow(openId);
    }
  };

  if (channels.length === 0 && rows.length === 0) return <NoChannel />;
  return (
    <>
      <ConversationPane onHelp={() => setHelp(true)} className={cx(openId !== null && "max-desk:hidden")} />
      {openId === null ? (
        <NothingSelected />
      ) : (
        <ThreadPane
          key={openId}
          id={openId}
          finding={findingIn === openId}
          onFind={(on) => setFindingIn(on ? openId : null)}
        />
      )}
      <ConnectionLine />
      <Announcer />
      {help && <ShortcutsHelp onClose={() => setHelp(false)} />}
    </>
  );
}

function focusAndSelect(id: string): void {
  const box = document.getElementById(id);
  if (!(box instanceof HTMLInputElement)) return;
  box.focus();
  box.select();
}

function useTitle(unread: number, name: string | undefined): void {
  useEffect(() => {
    const title = `${unread > 0 ? `(${unread}) ` : ""}${name ? `${name} · ` : ""}${PAGE_TITLE}`;
    document.title = title;
    // React brings the page's own title in anew when that part of the page comes to life after this one.
    const observer = new MutationObserver(() => {
      if (document.title === PAGE_TITLE && title !== PAGE_TITLE) document.title = title;
    });
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [unread, name]);
}

/** As `metadata` of the page has it, in the frame's template. */
const PAGE_TITLE = "Inbox · Replydesk";

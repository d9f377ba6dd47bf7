"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { pushPath, useShallowPath } from "../ui/shallow-path";
import { Inbox, type InboxStart } from "./inbox";
import { InboxContext, OpenConversationContext } from "./inbox-context";
import { InboxScreen } from "./inbox-screen";
import { focusReplyBox } from "./reply/focus-reply-box";

type InboxAppProps = {
  start: InboxStart;
  /** The path that was asked for. */
  path: string;
  /** The reader's time zone as far as the server knows it. */
  zone: string;
};

/** The live inbox: painted from what the server read, then on its own. */
export function InboxApp({ start, path, zone: serverZone }: InboxAppProps) {
  const [inbox] = useState(() => new Inbox(start));
  useEffect(() => inbox.start(), [inbox]);

  const openId = conversationOf(useShallowPath(path));
  useEffect(() => {
    inbox.show(openId);
  }, [inbox, openId]);

  const zone = useZone(serverZone);
  const replyWanted = useRef(false);
  const open = useCallback((id: string, focusReply = false) => {
    replyWanted.current = focusReply;
    pushPath(`/inbox/${id}`);
    if (focusReply) focusReplyBox();
  }, []);
  const close = useCallback(() => pushPath("/inbox"), []);
  useEffect(() => {
    inbox.onErased = close;
  }, [inbox, close]);
  useEffect(() => {
    // The box of a conversation that was not on the screen yet exists only now.
    if (openId && replyWanted.current) focusReplyBox();
    replyWanted.current = false;
    // On a narrow screen the row that was pressed has made way, and must not keep the focus.
    const focused = document.activeElement;
    if (openId && focused && !focused.checkVisibility()) document.getElementById("content")?.focus();
  }, [openId]);

  const view = useMemo(() => ({ inbox, open, close, zone }), [inbox, open, close, zone]);
  return (
    <QueryClientProvider client={inbox.client}>
      <InboxContext value={view}>
        <OpenConversationContext value={openId}>
          <InboxScreen />
        </OpenConversationContext>
      </InboxContext>
    </QueryClientProvider>
  );
}

function conversationOf(path: string): string | null {
  return /^\/inbox\/([^/]+)$/.exec(path)?.[1] ?? null;
}

/** The zone of this browser; the server learns it by a cookie, so that its next first paint shows the right hours. */
function useZone(serverZone: string): string {
  const zone = useSyncExternalStore(
    () => () => undefined,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => serverZone,
  );
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox
    document.cookie = `replydesk-zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  }, [zone]);
  return zone;
}

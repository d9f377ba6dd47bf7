"use client";

import { MessageCircleOff, WifiOff } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { lazily } from "../../ui/lazily";
import { Refusal } from "../api";
import { newer } from "../cache/conversation-list";
import { ContactPanel } from "../contact/contact-panel";
import { useConversations, useInbox, useThread } from "../inbox-context";
import { ReplyArea } from "../reply/reply-area";
import { FindBar } from "../search/find-bar";
import { ControlStrip } from "./control-strip";
import { MessageList, type MessageListHandle } from "./message-list";
import { ThreadHeader } from "./thread-header";
import { ThreadSkeleton } from "./thread-skeleton";

const ContactDialog = lazily(() => import("../contact/contact-dialog").then((module) => module.ContactDialog));

type ThreadPaneProps = { id: string; finding: boolean; onFind: (on: boolean) => void };

/** One conversation: its messages, the reply box, and who it is with. */
export function ThreadPane({ id, finding, onFind }: ThreadPaneProps) {
  const { data: thread, error, refetch, isFetching } = useThread(id);
  const listed = useConversations().rows.find((row) => row.id === id);
  const messages = useRef<MessageListHandle>(null);
  const [contactShown, setContactShown] = useState(false);
  // The list may know a newer row than the thread, or know it while the thread is still on its way.
  const conversation = thread ? newer(thread.conversation, listed ?? thread.conversation) : listed;

  return (
    <>
      <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col bg-card outline-none">
        {conversation && (
          <ThreadHeader
            conversation={conversation}
            onFind={() => onFind(!finding)}
            onContact={() => setContactShown(true)}
          />
        )}
        {conversation && <ControlStrip key={id} conversation={conversation} />}
        {finding && <FindBar conversationId={id} onClose={() => onFind(false)} />}
        {thread ? (
          <MessageList thread={thread} handle={messages} />
        ) : error ? (
          <Missing refused={error instanceof Refusal} busy={isFetching} onRetry={() => refetch()} />
        ) : (
          <ThreadSkeleton />
        )}
        {conversation && <ReplyArea conversation={conversation} onSend={() => messages.current?.toEnd()} />}
      </main>
      {thread && (
        <aside
          aria-label={`About ${thread.contact.displayName}`}
          className="scroll-pane hidden w-72 shrink-0 border-line border-l bg-paper px-5 py-6 wide:block"
        >
          <ContactPanel contact={thread.contact} conversation={thread.conversation} />
        </aside>
      )}
      {thread && contactShown && (
        <ContactDialog
          contact={thread.contact}
          conversation={thread.conversation}
          onClose={() => setContactShown(false)}
        />
      )}
    </>
  );
}

function Missing({ refused, busy, onRetry }: { refused: boolean; busy: boolean; onRetry: () => void }) {
  const { close } = useInbox();
  return refused ? (
    <EmptyState
      icon={<MessageCircleOff />}
      title="There is no such conversation"
      className="flex-1"
      action={<Button onClick={close}>Back to the inbox</Button>}
    >
      The address may be mistyped, or the conversation belongs to another workspace.
    </EmptyState>
  ) : (
    <EmptyState
      icon={<WifiOff />}
      title="This conversation could not be loaded"
      className="flex-1"
      action={
        <Button busy={busy} onClick={onRetry}>
          Try again
        </Button>
      }
    >
      The desk did not answer. Check your connection and try again.
    </EmptyState>
  );
}

"use client";

import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import type { ConversationRow } from "@/lib/inbox/types";
import { useChannels, useInbox, useNow } from "../inbox-context";
import { windowLine } from "../words/clocks";
import { ReplyBox } from "./reply-box";
import { WindowLine } from "./window-line";

type ReplyAreaProps = { conversation: ConversationRow; onSend: () => void };

/** The reply box with its clocks, or the one sentence that says why nobody can reply now. */
export function ReplyArea({ conversation, onSend }: ReplyAreaProps) {
  const { zone, inbox } = useInbox();
  const now = useNow();
  const channel = useChannels().find(({ id }) => id === conversation.channelId);
  const window = windowLine(conversation.lastCustomerAt, now, zone);
  return (
    <div className="mx-auto w-full max-w-[45rem] px-3 pb-3 desk:px-5 desk:pb-4">
      {channel?.state === "broken" ? (
        // The banner of the desk says what is wrong, and has the buttons.
        <Closed title="Nobody can reply right now">The notice at the top says why.</Closed>
      ) : channel?.state === "disconnected" ? (
        <Closed title={`@${channel.username} is not connected any more`}>
          {inbox.viewer.canConnect ? (
            <a href={`/channels/${conversation.channelId}`} className="text-accent-strong underline underline-offset-2">
              See what to do
            </a>
          ) : (
            "An owner or admin of this desk can mend it."
          )}
        </Closed>
      ) : window.state === "closed" ? (
        <Closed title={window.text}>{window.more}</Closed>
      ) : (
        <>
          <WindowLine conversation={conversation} />
          <ReplyBox
            key={conversation.id}
            conversationId={conversation.id}
            channelId={conversation.channelId}
            name={conversation.contact.displayName}
            onSend={onSend}
          />
        </>
      )}
    </div>
  );
}

function Closed({ title, children }: { title: string; children: ReactNode }) {
  return (
    <p className="flex items-start gap-3 rounded-2xl bg-ground px-4 py-3 text-sm text-soft">
      <Lock aria-hidden="true" className="mt-0.5 size-4 shrink-0 stroke-[1.8]" />
      <span>
        <span className="font-medium text-ink">{title}.</span> {children}
      </span>
    </p>
  );
}

"use client";

import { ArrowUpRight, AtSign, MessageCircle } from "lucide-react";
import { buttonClass } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { EmptyState } from "../ui/empty-state";
import { Kbd } from "../ui/kbd";
import { useChannels, useConversations, useInbox } from "./inbox-context";

export function NoChannel() {
  const { viewer } = useInbox().inbox;
  return (
    <main id="content" tabIndex={-1} className="grid flex-1 place-items-center bg-paper outline-none">
      <h1 className="sr-only">Inbox</h1>
      <EmptyState
        icon={<AtSign />}
        title="No Instagram account is connected yet"
        action={
          viewer.canConnect && (
            <ButtonLink href="/channels/connect" variant="primary" size="lg">
              Connect an account
            </ButtonLink>
          )
        }
      >
        {viewer.canConnect
          ? "Connect one, and its direct messages, story replies and story mentions arrive here."
          : "Ask an owner or admin of this desk to connect one. Its messages then arrive here by themselves."}
      </EmptyState>
    </main>
  );
}

export function NoConversation() {
  const { phoneUrl } = useInbox().inbox;
  const channel = useChannels()[0];
  if (phoneUrl) return <PlayCustomers phoneUrl={phoneUrl} username={channel?.username} />;
  return (
    <EmptyState icon={<MessageCircle />} title="Send yourself a DM" className="flex-1">
      {channel ? `@${channel.username} is connected. ` : ""}
      Write to it from another Instagram account, and the message appears here at once.
    </EmptyState>
  );
}

/** In a demo nobody else writes. */
function PlayCustomers({ phoneUrl, username }: { phoneUrl: string; username: string | undefined }) {
  return (
    <EmptyState
      icon={<MessageCircle />}
      title="Play a customer"
      className="flex-1"
      action={
        <a href={phoneUrl} target="_blank" rel="noopener noreferrer" className={buttonClass("primary")}>
          Open the phone
          <ArrowUpRight aria-hidden="true" className="size-4" />
        </a>
      }
    >
      {username ? `@${username} is connected. ` : ""}
      In this demo you write its messages yourself, on the phone at{" "}
      <span className="break-words font-medium text-ink">{phoneUrl}</span>. They appear here at once.
    </EmptyState>
  );
}

const FIRST_KEYS = [
  { caps: ["J", "K"], does: "next and previous conversation" },
  { caps: ["R"], does: "reply" },
  { caps: ["?"], does: "all keys" },
];

export function NothingSelected() {
  const { rows } = useConversations();
  return (
    <main
      id="content"
      tabIndex={-1}
      className="hidden min-w-0 flex-1 place-items-center bg-card outline-none desk:grid"
    >
      <div className="text-faint text-sm">
        <h2 className="mb-3 text-center text-base text-soft">
          {rows.length > 0 ? "Pick a conversation" : "Conversations open here"}
        </h2>
        <dl className="grid grid-cols-[auto_auto] items-center gap-x-3 gap-y-2">
          {FIRST_KEYS.map(({ caps, does }) => (
            <div key={does} className="contents">
              <dt className="flex justify-end gap-1">
                {caps.map((cap) => (
                  <Kbd key={cap}>{cap}</Kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </div>
    </main>
  );
}

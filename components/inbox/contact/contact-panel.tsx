"use client";

import { ArrowUpRight } from "lucide-react";
import type { ContactDetails, ConversationRow } from "@/lib/inbox/types";
import { Avatar } from "../../ui/avatar";
import { Notice } from "../../ui/notice";
import { useChannels, useInbox } from "../inbox-context";
import { avatarUrl } from "../list/avatar-url";
import { longDate } from "../words/time-words";

type ContactPanelProps = { contact: ContactDetails; conversation: ConversationRow };

/** What is known of the person, as Instagram tells it. */
export function ContactPanel({ contact, conversation }: ContactPanelProps) {
  const { zone } = useInbox();
  const channel = useChannels().find(({ id }) => id === conversation.channelId);
  const facts: [string, string | null][] = [
    ["Followers", contact.followerCount === null ? null : contact.followerCount.toLocaleString("en-GB")],
    ["Follows you", yesNo(contact.followsBusiness)],
    ["You follow", yesNo(contact.followedByBusiness)],
    ["Verified", contact.verified ? "Yes" : null],
    ["First wrote", longDate(contact.firstWroteAt, zone)],
    ["Writes to", channel ? `@${channel.username}` : null],
  ];
  return (
    <div className="flex flex-col gap-5 text-sm">
      <div className="flex flex-col items-center gap-1 text-center">
        <Avatar id={contact.id} name={contact.displayName} src={avatarUrl(contact)} size={72} />
        <p className="mt-2 max-w-full break-words font-semibold text-base">{contact.displayName}</p>
        {contact.username && (
          <a
            href={`https://www.instagram.com/${encodeURIComponent(contact.username)}/`}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="inline-flex max-w-full items-center gap-0.5 text-soft hover:text-ink hover:underline"
          >
            <span className="truncate">@{contact.username}</span>
            <ArrowUpRight aria-hidden="true" className="size-3.5 shrink-0" />
            <span className="sr-only">on Instagram, in a new tab</span>
          </a>
        )}
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2">
        {facts.map(([label, value]) =>
          value === null ? null : (
            <div key={label} className="contents">
              <dt className="text-faint">{label}</dt>
              <dd className="tabular truncate text-right" title={value}>
                {value}
              </dd>
            </div>
          ),
        )}
      </dl>
      {contact.profileProblem && <Notice>{contact.profileProblem}</Notice>}
    </div>
  );
}

function yesNo(value: boolean | null): string | null {
  return value === null ? null : value ? "Yes" : "No";
}

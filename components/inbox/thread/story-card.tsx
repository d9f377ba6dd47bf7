"use client";

import { ArrowUpRight } from "lucide-react";
import type { MessageRow, Story } from "@/lib/inbox/types";
import { DAY } from "@/lib/time";
import { cx } from "../../ui/cx";
import { Popover } from "../../ui/popover";
import { useInbox, useNow } from "../inbox-context";
import { dayName, timeOfDay } from "../words/time-words";
import { StoryGone } from "./story-gone";
import { StoryMedia } from "./story-media";
import { useDeadline } from "./use-deadline";

type StoryCardProps = { message: MessageRow; story: Story; username: string | null; name: string };

/** The story that a message speaks of, above its text. Its media is Meta's: the browser alone loads it, while it lives. */
export function StoryCard({ message, story, username, name }: StoryCardProps) {
  const { zone } = useInbox();
  const now = useNow();
  // A story lives 24 hours and was there before the message was.
  const over = useDeadline(message.sentAt + DAY);
  const url = over ? null : story.url;
  const mention = story.relation === "mention";
  return (
    <div
      className={cx(
        "my-0.5 flex max-w-full items-stretch gap-3 border-line",
        message.direction === "out" ? "flex-row-reverse border-r-3 pr-3 text-right" : "border-l-3 pl-3",
      )}
    >
      {url ? (
        <StoryMedia
          key={url}
          url={url}
          messageId={message.id}
          alt={`Story of ${mention === (message.direction === "in") ? name : "yours"}`}
          large={mention}
        />
      ) : (
        <StoryGone large={mention} />
      )}
      <div className="min-w-0 self-center text-soft text-sm">
        <p className="font-medium text-ink">{titleOf(story, message.direction)}</p>
        {mention && (
          <p className="text-xs">
            {message.direction === "in" && <Author username={username} name={name} />}
            <time dateTime={new Date(message.sentAt).toISOString()}>
              {dayName(message.sentAt, now, zone)} {timeOfDay(message.sentAt, zone)}
            </time>
          </p>
        )}
        {url ? (
          <a
            href={url}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="mt-1 inline-flex items-center gap-0.5 font-medium text-accent-strong text-xs hover:underline"
          >
            Open story
            <ArrowUpRight aria-hidden="true" className="size-3.5" />
          </a>
        ) : (
          <p className="mt-1 text-xs">The story is no longer available on Instagram.</p>
        )}
        {mention && message.direction === "in" && <MentionRule />}
      </div>
    </div>
  );
}

function titleOf(story: Story, direction: MessageRow["direction"]): string {
  if (story.relation === "reply") return direction === "in" ? "Replied to your story" : "You replied to their story";
  return direction === "in" ? "Mentioned you in their story" : "You mentioned them in your story";
}

function Author({ username, name }: { username: string | null; name: string }) {
  if (!username) return <>{name} · </>;
  return (
    <>
      <a
        href={`https://www.instagram.com/${encodeURIComponent(username)}/`}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="hover:underline"
      >
        @{username}
      </a>
      {" · "}
    </>
  );
}

/** Meta's rule, for whoever misses a mention here. */
function MentionRule() {
  return (
    <div>
      <Popover
        title="Which mentions arrive here"
        trigger={
          <button type="button" className="mt-1 text-faint text-xs underline decoration-dotted underline-offset-2">
            Not every mention arrives
          </button>
        }
      >
        <p className="text-soft">
          Instagram tells apps of a mention only when the account that posted the story is public, or private and
          followed by you. A story and its media end after 24 hours, or when it is deleted.
        </p>
      </Popover>
    </div>
  );
}

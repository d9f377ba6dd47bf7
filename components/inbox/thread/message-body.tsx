"use client";

import type { MessageRow } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { isJustEmoji, MessageText } from "./message-text";
import { PictureGrid } from "./picture-grid";
import { StoryCard } from "./story-card";

type MessageBodyProps = {
  message: MessageRow;
  name: string;
  username: string | null;
  startsGroup: boolean;
  endsGroup: boolean;
};

/** What a message shows: its story, its pictures, its words, or the sentence that stands for what cannot be shown. */
export function MessageBody({ message, name, username, startsGroup, endsGroup }: MessageBodyProps) {
  const own = message.direction === "out";
  const bubble = cx(
    "w-fit max-w-full whitespace-pre-wrap break-words rounded-bubble px-3.25 py-2",
    own ? "bg-mine text-on-mine" : "bg-theirs",
    own && !startsGroup && "rounded-tr-joined",
    own && !endsGroup && "rounded-br-joined",
    !own && !startsGroup && "rounded-tl-joined",
    !own && !endsGroup && "rounded-bl-joined",
    (message.state === "queued" || message.state === "dispatching") && "opacity-65",
  );
  const quiet = cx(bubble, "border border-line border-dashed bg-transparent text-soft text-sm italic");

  if (message.unsent) return <p className={quiet}>{own ? "You unsent a message" : `${name} unsent a message`}</p>;
  if (message.kind === "other" || message.kind === "event") {
    return (
      <p className={quiet}>
        Not shown yet{kindWords(message)}. Open Instagram to see it.
        {message.text && <span className="mt-1 block not-italic">{message.text}</span>}
      </p>
    );
  }
  const pictures = message.attachments.filter(({ type }) => type === "image");
  return (
    <>
      {message.story && <StoryCard message={message} story={message.story} username={username} name={name} />}
      {message.kind === "image" && pictures.length > 0 && <PictureGrid pictures={pictures} name={own ? "you" : name} />}
      {message.kind === "postback" && (
        <p className={bubble}>
          <span className="text-faint text-xs">Tapped </span>
          <span className="font-medium">{message.text ?? "a button"}</span>
        </p>
      )}
      {message.kind !== "postback" && message.text && (
        <p className={isJustEmoji(message.text) ? "w-fit text-[2.25rem] leading-tight" : bubble} dir="auto">
          <MessageText text={message.text} />
        </p>
      )}
    </>
  );
}

const KINDS: Record<string, string> = {
  audio: "a voice message",
  video: "a video",
  file: "a file",
  ig_reel: "a reel",
  reel: "a reel",
  ig_post: "a post",
  share: "a post",
  ig_story: "a story",
  like_heart: "a heart",
  reaction: "a reaction",
  edit: "an edited message",
};

function kindWords(message: MessageRow): string {
  const words = KINDS[message.attachments[0]?.type ?? ""];
  return words ? `: ${words}` : "";
}

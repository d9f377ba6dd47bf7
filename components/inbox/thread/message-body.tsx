"use client";

import { Trash2 } from "lucide-react";
import type { MessageRow } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { Attachments, NotShared, NotShownYet } from "./attachments";
import { type BubbleShape, bubbleClass } from "./bubble-class";
import { LongText } from "./long-text";
import { isJustEmoji } from "./message-text";
import { QuietLine } from "./quiet-line";
import { ReferralCard } from "./referral-card";
import { StoryCard } from "./story-card";
import { QuickReplies, TemplateButtons, TemplateCards } from "./template-cards";

type MessageBodyProps = { message: MessageRow; shape: BubbleShape; name: string; username: string | null };

/** What a message shows: its story, its media, its words, or the sentence that stands for what cannot be shown. */
export function MessageBody({ message, shape, name, username }: MessageBodyProps) {
  const { own } = shape;
  const { kind, attachments, story, referral, cards, buttons, quickReplies } = message;
  if (message.unsent) {
    return (
      <QuietLine icon={<Trash2 aria-hidden="true" />} className="italic">
        {own ? "You unsent a message" : `${name} unsent a message`}
      </QuietLine>
    );
  }
  const bare = attachments.length === 0 && message.text === null;
  return (
    <>
      {referral && <ReferralCard referral={referral} name={name} messageId={message.id} />}
      {story && <StoryCard message={message} story={story} username={username} name={name} />}
      <Attachments message={message} shape={shape} name={own ? "you" : name} />
      {bare && kind === "unsupported" && <NotShared />}
      {bare && (kind === "other" || kind === "event") && <NotShownYet what={null} kind={kind} />}
      {kind === "postback" ? (
        <Tap title={message.text} what="Tapped" shape={shape} />
      ) : (
        message.text && <Words message={message} text={message.text} shape={shape} />
      )}
      {cards.length > 0 && <TemplateCards cards={cards} />}
      {buttons.length > 0 && !message.text && <TemplateButtons buttons={buttons} />}
      {quickReplies.length > 0 && <QuickReplies replies={quickReplies} />}
    </>
  );
}

type WordsProps = { message: MessageRow; text: string; shape: BubbleShape };

function Words({ message, text, shape }: WordsProps) {
  if (message.direction === "in" && message.payload !== null) {
    return <Tap title={text} what="Tapped a quick reply" shape={shape} />;
  }
  if (message.buttons.length > 0) {
    return (
      <div className={cx(bubbleClass(shape), "overflow-hidden px-0 pb-0")}>
        <LongText text={text} className="px-3.25 pb-2" />
        <TemplateButtons buttons={message.buttons} />
      </div>
    );
  }
  if (isJustEmoji(text)) return <p className="w-fit text-[2.25rem] leading-tight">{text}</p>;
  return <LongText text={text} className={bubbleClass(shape)} />;
}

/** The customer pressed instead of writing. */
function Tap({ title, what, shape }: { title: string | null; what: string; shape: BubbleShape }) {
  return (
    <p className={bubbleClass(shape)}>
      <span className="block text-faint text-xs">{what}</span>
      <span dir="auto" className="font-medium">
        {title ?? "A button"}
      </span>
    </p>
  );
}

"use client";

import type { MessageRow } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { useInbox } from "../inbox-context";
import type { BubbleShape } from "./bubble-class";
import { EditedNote } from "./edited-note";
import { MessageBody } from "./message-body";
import { QuoteLine } from "./quote-line";
import { ReactionPills } from "./reaction-pills";

type MessagePartProps = {
  message: MessageRow;
  shape: BubbleShape;
  name: string;
  username: string | null;
  /** The reader was brought to this one. */
  revealed: boolean;
};

/** One message with what hangs on it: what it answers above, reactions and edits below. */
export function MessagePart({ message: row, shape, name, username, revealed }: MessagePartProps) {
  const message = useInbox().inbox.previews.fill(row);
  const { own } = shape;
  return (
    <div
      data-message={message.id}
      tabIndex={revealed ? -1 : undefined}
      className={cx(
        "flex max-w-full flex-col gap-0.5 rounded-bubble outline-none",
        own ? "items-end" : "items-start",
        revealed && "revealed",
      )}
    >
      {message.quote && !message.unsent && (
        <QuoteLine quote={message.quote} conversationId={message.conversationId} own={own} name={name} />
      )}
      <MessageBody message={message} shape={shape} name={name} username={username} />
      <ReactionPills reactions={message.reactions} name={name} own={own} />
      <EditedNote message={message} />
      {message.standby && shape.endsGroup && !message.unsent && (
        <p className="mx-1 mt-0.5 text-faint text-xs">Another app was answering when this came</p>
      )}
    </div>
  );
}

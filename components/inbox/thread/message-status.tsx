"use client";

import { CircleAlert, CircleHelp } from "lucide-react";
import { useRef, useState } from "react";
import type { MessageRow } from "@/lib/inbox/types";
import { Refusal } from "../api";
import { useInbox } from "../inbox-context";
import { focusReplyBox } from "../reply/focus-reply-box";
import type { StateWord } from "../words/message-state";

type MessageStatusProps = {
  message: MessageRow;
  word: StateWord;
  /** Others carry their state for ears only. */
  visible: boolean;
  /** It waits in this browser; the server has refused it or does not know it yet. */
  local: boolean;
};

/** Where an own message stands, in words; a failure with its reason and what can be done. */
export function MessageStatus({ message, word, visible, local }: MessageStatusProps) {
  const wasSending = useRef(false);
  if (word === "Sending") wasSending.current = true;
  // Spoken when it happens in front of someone, not whenever an old failure is shown.
  const role = wasSending.current ? "alert" : undefined;
  if (word === "Not sent") return <NotSent message={message} local={local} role={role} />;
  if (word === "Not confirmed") return <NotConfirmed message={message} role={role} />;
  return <p className={visible ? "mt-1 mr-1 text-faint text-xs" : "sr-only"}>{word}</p>;
}

/** Nothing of these fits into the reply box. */
const HAS_NO_WORDS = new Set<MessageRow["kind"]>(["like_heart", "template", "share"]);

type FailureProps = { message: MessageRow; role: "alert" | undefined };

function NotSent({ message, local, role }: FailureProps & { local: boolean }) {
  const { inbox } = useInbox();
  const again = useSendAgain(message.id);
  const edit = () => {
    inbox.takeBack(message.id, message.conversationId);
    focusReplyBox();
  };
  return (
    <div className="mt-1 flex max-w-full flex-wrap items-baseline justify-end gap-x-2 text-right text-bad text-xs">
      <p role={role} className="min-w-0">
        <CircleAlert aria-hidden="true" className="mr-1 inline size-3.5 -translate-y-px stroke-[1.9]" />
        <span className="font-medium">Not sent</span>
        {message.failure?.text && `: ${message.failure.text}`}
      </p>
      <Action onClick={local ? () => inbox.outbox.retry(message.id) : again.send}>Retry</Action>
      {local && <Action onClick={edit}>{HAS_NO_WORDS.has(message.kind) ? "Discard" : "Edit"}</Action>}
      {again.problem && (
        <p role="alert" className="w-full">
          {again.problem}
        </p>
      )}
    </div>
  );
}

function NotConfirmed({ message, role }: FailureProps) {
  const again = useSendAgain(message.id);
  const [asked, setAsked] = useState(false);
  return (
    <div className="mt-1 flex max-w-[36ch] flex-col items-end text-right text-warn text-xs">
      <p role={role}>
        <CircleHelp aria-hidden="true" className="mr-1 inline size-3.5 -translate-y-px stroke-[1.9]" />
        <span className="font-medium">Not confirmed</span>: Instagram did not say whether it took this message. Look at
        the conversation in Instagram before you send it again.
      </p>
      {asked ? (
        <p className="text-ink">
          The customer may get it twice. <Action onClick={again.send}>Send it anyway</Action>{" "}
          <Action onClick={() => setAsked(false)}>Leave it</Action>
        </p>
      ) : (
        <Action onClick={() => setAsked(true)}>Send again</Action>
      )}
      {again.problem && <p role="alert">{again.problem}</p>}
    </div>
  );
}

function useSendAgain(messageId: string): { send: () => void; problem: string | null } {
  const { inbox } = useInbox();
  const [problem, setProblem] = useState<string | null>(null);
  const send = () => {
    setProblem(null);
    inbox
      .retry(messageId)
      .catch((error) =>
        setProblem(error instanceof Refusal ? error.message : "The desk could not be reached. Try again in a moment."),
      );
  };
  return { send, problem };
}

function Action({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="inline font-medium text-accent-strong underline-offset-2 hover:underline"
    >
      {children}
    </button>
  );
}

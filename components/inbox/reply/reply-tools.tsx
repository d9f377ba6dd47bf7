"use client";

import { Mic, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { IconButton } from "../../ui/icon-button";
import { AttachButtons } from "../compose/attach-buttons";
import { useInbox } from "../inbox-context";
import { focusReplyBox } from "./focus-reply-box";

const FormDialog = dynamic(() => import("../compose/form-dialog").then((module) => module.FormDialog), { ssr: false });

type ReplyToolsProps = {
  conversationId: string;
  quickReplies: string[];
  online: boolean;
  recording: boolean;
  onFiles: (files: File[]) => void;
  onRecord: () => void;
  onSend: () => void;
};

/** Everything that can go out beside or instead of words. */
export function ReplyTools(props: ReplyToolsProps) {
  const { conversationId, quickReplies, online, recording, onFiles, onRecord, onSend } = props;
  const { inbox } = useInbox();
  const [open, setOpen] = useState(false);
  return (
    <>
      <AttachButtons onFiles={onFiles} />
      <IconButton label="Record a voice message" disabled={recording} onClick={onRecord}>
        <Mic />
      </IconButton>
      <IconButton label="Quick replies, buttons and cards" disabled={!online} onClick={() => setOpen(true)}>
        <Plus />
      </IconButton>
      {open && (
        <FormDialog
          quickReplies={quickReplies}
          onClose={() => {
            setOpen(false);
            // Once the dialog has given the focus back.
            requestAnimationFrame(focusReplyBox);
          }}
          onOffer={(titles) => inbox.compositions.offer(conversationId, titles)}
          onSend={(part) => {
            inbox.sendForm(conversationId, part);
            onSend();
          }}
        />
      )}
    </>
  );
}

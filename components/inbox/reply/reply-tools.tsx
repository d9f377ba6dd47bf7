"use client";

import { LayoutGrid, Mic, Plus } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../ui/icon-button";
import { lazily } from "../../ui/lazily";
import { AttachButtons } from "../compose/attach-buttons";
import { isBlank } from "../compose/form-drafts";
import { useFormDraft } from "../compose/use-form-draft";
import { useInbox } from "../inbox-context";
import { focusReplyBox } from "./focus-reply-box";

const FormDialog = lazily(() => import("../compose/form-dialog").then((module) => module.FormDialog));

const PostDialog = lazily(() => import("../compose/post-dialog").then((module) => module.PostDialog));

type ReplyToolsProps = {
  conversationId: string;
  channelId: string;
  quickReplies: string[];
  online: boolean;
  recording: boolean;
  onFiles: (files: File[]) => void;
  onRecord: () => void;
  onSend: () => void;
};

/** Everything that can go out beside or instead of words. */
export function ReplyTools(props: ReplyToolsProps) {
  const { conversationId, channelId, quickReplies, online, recording, onFiles, onRecord, onSend } = props;
  const { inbox } = useInbox();
  const [form] = useFormDraft(conversationId);
  const kept = !isBlank(form);
  const [open, setOpen] = useState<"form" | "post" | null>(null);
  const close = () => {
    setOpen(null);
    // Once the dialog has given the focus back.
    requestAnimationFrame(focusReplyBox);
  };
  return (
    <>
      <AttachButtons onFiles={onFiles} />
      <IconButton label="Record a voice message" disabled={recording} onClick={onRecord}>
        <Mic />
      </IconButton>
      <IconButton
        label={`Quick replies, buttons and cards${kept ? " (something is kept)" : ""}`}
        disabled={!online}
        onClick={() => setOpen("form")}
        className="relative"
      >
        <Plus />
        {kept && <span aria-hidden="true" className="absolute top-1.5 right-1.5 size-1.5 rounded-full bg-accent" />}
      </IconButton>
      <IconButton label="Send one of your posts" disabled={!online} onClick={() => setOpen("post")}>
        <LayoutGrid />
      </IconButton>
      {open === "post" && (
        <PostDialog
          channelId={channelId}
          onClose={close}
          onSend={(post) => {
            inbox.sendPost(conversationId, post);
            onSend();
          }}
        />
      )}
      {open === "form" && (
        <FormDialog
          conversationId={conversationId}
          quickReplies={quickReplies}
          onClose={close}
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

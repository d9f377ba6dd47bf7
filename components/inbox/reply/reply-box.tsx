"use client";

import { Heart } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { IconButton } from "../../ui/icon-button";
import { lazily } from "../../ui/lazily";
import { AttachedFiles } from "../compose/attached-files";
import { OfferedReplies } from "../compose/offered-replies";
import { QuotedMessage } from "../compose/quoted-message";
import { useComposition } from "../compose/use-composition";
import { useFileDrop } from "../compose/use-file-drop";
import { useInbox, useOnline } from "../inbox-context";
import { REPLY_BOX } from "./focus-reply-box";
import { replyHint } from "./reply-hint";
import { ReplyTools } from "./reply-tools";
import { useDraft } from "./use-draft";
import { useGrowth } from "./use-growth";

const VoiceBar = lazily(() => import("../compose/voice-bar").then((module) => module.VoiceBar));

type ReplyBoxProps = { conversationId: string; channelId: string; name: string; onSend: () => void };

export function ReplyBox({ conversationId, channelId, name, onSend }: ReplyBoxProps) {
  const { inbox } = useInbox();
  const online = useOnline();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useDraft(conversationId);
  const { files, quote, quickReplies, problem } = useComposition(conversationId);
  const [recording, setRecording] = useState(false);
  useGrowth(field, text);
  const attach = (picked: File[]) => {
    inbox.compositions.attach(conversationId, picked);
    field.current?.focus();
  };
  const dropping = useFileDrop(attach);

  const hint = replyHint(text, { files, quickReplies }, online);
  const empty = text.trim() === "" && files.length === 0 && quickReplies.length === 0;

  const send = () => {
    if (hint.stops) return;
    inbox.send(conversationId, text.trim());
    setText("");
    field.current?.focus();
    onSend();
  };
  const sendHeart = () => {
    inbox.sendForm(conversationId, { type: "like_heart" });
    field.current?.focus();
    onSend();
  };

  const endRecording = () => {
    setRecording(false);
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && quote) {
      event.preventDefault();
      return inbox.compositions.quote(conversationId, null);
    }
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    // While an input method composes, Enter picks its word. Safari ends the composition before this event and only
    // its key code 229 still tells that the press was the input method's.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const commanded = event.metaKey || event.ctrlKey;
    // Screen keyboards have no Shift+Enter; there Enter breaks the line and the button sends.
    if (!commanded && matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const { files: pasted, types } = event.clipboardData;
    // What is copied from a text processor is words with a picture of them.
    if (pasted.length === 0 || types.includes("text/plain")) return;
    event.preventDefault();
    attach([...pasted]);
  };

  return (
    <div
      className={cx(
        "rounded-2xl border bg-card shadow-raised transition-shadow focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/20",
        dropping ? "border-accent border-dashed ring-3 ring-accent/20" : "border-edge/60",
      )}
    >
      {quote && <QuotedMessage conversationId={conversationId} quote={quote} name={name} />}
      <AttachedFiles conversationId={conversationId} files={files} />
      <OfferedReplies conversationId={conversationId} titles={quickReplies} />
      {recording && (
        <VoiceBar
          onClose={endRecording}
          onDone={(file) => {
            endRecording();
            attach([file]);
          }}
        />
      )}
      {problem && (
        <p role="alert" className="px-3.5 pt-2.5 text-bad text-xs">
          {problem}
        </p>
      )}
      <textarea
        ref={field}
        id={REPLY_BOX}
        aria-label="Reply"
        aria-describedby="reply-hint"
        placeholder={dropping ? "Drop it here to attach it" : "Write a reply…"}
        rows={1}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value.trim() !== "") inbox.typing.note(conversationId);
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className="scroll-pane block max-h-[17.5rem] min-h-11 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 text-base leading-[1.35rem] outline-none placeholder:text-faint"
      />
      <div className="flex items-center gap-0.5 px-2 pb-2">
        <ReplyTools
          conversationId={conversationId}
          channelId={channelId}
          quickReplies={quickReplies}
          online={online}
          recording={recording}
          onFiles={attach}
          onRecord={() => setRecording(true)}
          onSend={onSend}
        />
        <p
          id="reply-hint"
          className={cx("min-w-0 flex-1 px-1.5 text-right text-xs", hint.tone === "bad" ? "text-bad" : "text-faint")}
        >
          {hint.words}
        </p>
        {/* Said once when it happens; the counter itself would talk at every key. */}
        <p role="status" className="sr-only">
          {hint.tone === "bad" && hint.words}
        </p>
        {empty && (
          <IconButton label="Send a heart" disabled={!online} onClick={sendHeart}>
            <Heart />
          </IconButton>
        )}
        <Button variant="primary" size="sm" disabled={hint.stops} onClick={send} aria-label="Send" className="ml-1">
          Send
          <span aria-hidden="true" className="opacity-70 max-desk:hidden">
            ↵
          </span>
        </Button>
      </div>
    </div>
  );
}

import { EyeOff, Heart, ShieldQuestion } from "lucide-react";
import type { Attachment, MessageRow } from "@/lib/inbox/types";
import type { BubbleShape } from "./bubble-class";
import { FileCard } from "./file-card";
import { isMissing, MediaAwaited } from "./media-awaited";
import { MediaVideo } from "./media-video";
import { PictureGrid } from "./picture-grid";
import { OpenInstagram, QuietLine } from "./quiet-line";
import { SharedCard } from "./shared-card";
import { VoiceNote } from "./voice-note";

type AttachmentsProps = { message: MessageRow; shape: BubbleShape; name: string };

/** Everything that hangs on a message, each in its own form; pictures together. */
export function Attachments({ message, shape, name }: AttachmentsProps) {
  const pictures = message.attachments.filter(({ type }) => type === "image");
  const others = message.attachments.filter(({ type }) => type !== "image");
  return (
    <>
      {pictures.length > 0 && <PictureGrid pictures={pictures} message={message} name={name} />}
      {others.map((attachment, index) => (
        <Other
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change their places; an address that is new is tried anew
          key={`${index} ${attachment.url}`}
          attachment={attachment}
          message={message}
          shape={shape}
          name={name}
        />
      ))}
    </>
  );
}

type OtherProps = AttachmentsProps & { attachment: Attachment };

function Other({ attachment, message, shape, name }: OtherProps) {
  if (isMissing(attachment)) return <MediaAwaited awaited={attachment} message={message} />;
  switch (attachment.type) {
    case "video":
      return <MediaVideo url={attachment.url} messageId={message.id} name={name} />;
    case "audio":
      return <VoiceNote url={attachment.url} messageId={message.id} name={name} shape={shape} />;
    case "file":
      return <FileCard file={attachment} shape={shape} />;
    case "like_heart":
      return (
        <p className="my-1">
          <Heart aria-hidden="true" className="size-11 fill-current text-accent" />
          <span className="sr-only">❤️</span>
        </p>
      );
    case "post":
    case "reel":
    case "story":
    case "link":
      return <SharedCard shared={attachment} messageId={message.id} sentAt={message.sentAt} />;
    case "view_once":
      return (
        <QuietLine icon={<EyeOff aria-hidden="true" />}>
          Disappearing photo or video. It can be seen once, and only in Instagram. <OpenInstagram />
        </QuietLine>
      );
    case "template":
      // Its cards and buttons stand in the message itself.
      return message.cards.length + message.buttons.length > 0 || message.text ? null : <NotShared />;
    case "unsupported":
      return <NotShared />;
    default:
      return <NotShownYet what={attachment.type} kind={message.kind} />;
  }
}

/** What Instagram keeps to its own app: polls, notes, calls, and whatever it invents next. */
export function NotShared() {
  return (
    <QuietLine icon={<ShieldQuestion aria-hidden="true" />}>
      Instagram does not share this with apps. <OpenInstagram /> to see it.
    </QuietLine>
  );
}

/** Something that came without the desk knowing its kind; its raw form is kept. */
export function NotShownYet({ what, kind }: { what: string | null; kind: MessageRow["kind"] }) {
  return (
    <QuietLine icon={<ShieldQuestion aria-hidden="true" />}>
      Not shown yet{what ? <>: {what.replaceAll("_", " ")}</> : null}.
      {/* What is no message is not on Instagram's screen either. */}
      {kind !== "event" && (
        <>
          {" "}
          <OpenInstagram /> to see it.
        </>
      )}
    </QuietLine>
  );
}

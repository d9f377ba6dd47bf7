import { Clock3, EyeOff } from "lucide-react";
import { useEffect } from "react";
import type { Attachment, MessageRow, MessageState } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { useInbox } from "../inbox-context";
import { placeholderSize } from "./media-gone";

const NAMES: Record<string, string> = {
  image: "Picture",
  video: "Video",
  audio: "Voice message",
  file: "File",
  post: "Post",
};

/** An echo comes within seconds, or not at all. */
const PATIENCE_MS = 30_000;

/** Whether this browser has nothing to show of it until Instagram passes it back. */
export function isMissing({ awaited, url, permalink }: Attachment): boolean {
  return awaited === true && url === null && permalink === null;
}

type MediaAwaitedProps = { awaited: Attachment; message: MessageRow; inGrid?: boolean };

/** In place of own media that Instagram has not passed back yet. When nothing comes the desk asks for it. */
export function MediaAwaited({ awaited, message: { id, state, sentAt }, inGrid = false }: MediaAwaitedProps) {
  const { inbox } = useInbox();
  const asks = state === "sent" && !awaited.asked;
  useEffect(() => {
    if (!asks) return;
    const timer = setTimeout(() => inbox.reportMediaGone(id), sentAt + PATIENCE_MS - inbox.clock.now());
    return () => clearTimeout(timer);
  }, [inbox, asks, id, sentAt]);
  const Icon = awaited.asked ? EyeOff : Clock3;
  return (
    <p
      className={cx(
        "flex flex-col items-center justify-center gap-1.5 rounded-bubble border border-line bg-ground text-center text-soft text-xs",
        placeholderSize(inGrid),
      )}
    >
      <Icon aria-hidden="true" className="size-4.5 stroke-[1.7]" />
      {words(NAMES[awaited.type] ?? "Media", state, awaited.asked)}
    </p>
  );
}

function words(name: string, state: MessageState, asked: boolean | undefined): string {
  if (state === "failed") return `${name}, not sent`;
  if (state !== "sent") return `${name} on its way`;
  return asked ? `${name} sent; Instagram shows no preview of it` : `${name} sent; its preview is on its way`;
}

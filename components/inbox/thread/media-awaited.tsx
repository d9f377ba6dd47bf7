import { Clock3 } from "lucide-react";
import type { Attachment, MessageState } from "@/lib/inbox/types";

const NAMES: Record<string, string> = {
  image: "Picture",
  video: "Video",
  audio: "Voice message",
  file: "File",
  post: "Post",
};

/** Whether this browser has nothing to show of it until Instagram passes it back. */
export function isMissing({ awaited, url, permalink }: Attachment): boolean {
  return awaited === true && url === null && permalink === null;
}

/** In place of own media that Instagram has not passed back yet. */
export function MediaAwaited({ type, state }: { type: string; state: MessageState }) {
  const name = NAMES[type] ?? "Media";
  return (
    <p className="flex min-h-24 min-w-40 flex-col items-center justify-center gap-1.5 rounded-bubble border border-line bg-ground p-4 text-center text-soft text-xs">
      <Clock3 aria-hidden="true" className="size-4.5 stroke-[1.7]" />
      {words(name, state)}
    </p>
  );
}

function words(name: string, state: MessageState): string {
  if (state === "failed") return `${name}, not sent`;
  return state === "sent" ? `${name} sent; its preview is on its way` : `${name} on its way`;
}

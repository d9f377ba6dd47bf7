"use client";

import { FileText, Film, ImageIcon, Mic, RotateCcw, X } from "lucide-react";
import { cx } from "../../ui/cx";
import { useInbox } from "../inbox-context";
import type { AttachedFile } from "./compositions";
import type { Media } from "./outgoing-files";
import type { FileState } from "./upload-queue";

const ICONS: Record<Media, typeof X> = { image: ImageIcon, video: Film, audio: Mic, file: FileText };

/** What goes out with the reply: how it looks, how far it is, and how to take it out. */
export function AttachedFiles({ conversationId, files }: { conversationId: string; files: AttachedFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul
      aria-label="Attached files"
      className="scroll-pane flex max-h-48 flex-wrap gap-2 px-3 pt-3 [list-style-type:'']"
    >
      {files.map((file) => (
        <AttachedItem key={file.key} conversationId={conversationId} file={file} />
      ))}
    </ul>
  );
}

function AttachedItem({ conversationId, file }: { conversationId: string; file: AttachedFile }) {
  const { compositions } = useInbox().inbox;
  const { key, name, media, state, previewUrl } = file;
  const going = state.is === "waiting" || state.is === "uploading";
  const failed = state.is === "failed";
  return (
    <li
      className={cx(
        "relative flex max-w-full items-center gap-2 overflow-hidden rounded-control border bg-ground text-xs",
        failed ? "border-bad/50" : "border-line",
        media === "audio" || failed ? "w-full max-w-sm" : "w-44",
      )}
    >
      <Preview media={media} url={failed ? null : previewUrl} faint={going} />
      <div className="min-w-0 flex-1 py-1.5">
        {media === "audio" && previewUrl ? (
          // biome-ignore lint/a11y/useMediaCaption: the agent's own recording or file
          <audio src={previewUrl} controls aria-label={`Listen to ${name}`} className="h-8 w-full" />
        ) : (
          <bdi className="block truncate">{name}</bdi>
        )}
        <p role={failed ? "alert" : undefined} className={failed ? "break-words text-bad" : "text-faint"}>
          {stateWords(state)}
          {failed && state.again && (
            <button
              type="button"
              onClick={() => compositions.tryAgain(conversationId, key)}
              aria-label={`Try ${name} again`}
              className="ml-1 align-middle text-accent-strong"
            >
              <RotateCcw aria-hidden="true" className="inline size-3.5" />
            </button>
          )}
        </p>
      </div>
      <button
        type="button"
        onClick={() => compositions.detach(conversationId, key)}
        aria-label={`${going ? "Cancel" : "Remove"} ${name}`}
        title={going ? "Cancel" : "Remove"}
        className="grid size-8 shrink-0 place-items-center self-start text-soft hover:text-ink"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
      {going && (
        <progress
          aria-label={`${name} goes up`}
          value={state.is === "uploading" ? state.share : 0}
          className="absolute inset-x-0 bottom-0 h-1 w-full appearance-none [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent"
        />
      )}
    </li>
  );
}

function Preview({ media, url, faint }: { media: Media; url: string | null; faint: boolean }) {
  const shape = cx("size-13 shrink-0 object-cover", faint && "opacity-60");
  if (media === "image" && url) return <img src={url} alt="" className={shape} />;
  if (media === "video" && url) return <video src={url} muted playsInline preload="metadata" className={shape} />;
  const Icon = ICONS[media];
  return (
    <span className="ml-2 grid size-9 shrink-0 place-items-center rounded-control bg-card text-accent-strong">
      <Icon aria-hidden="true" className="size-4.5 stroke-[1.6]" />
    </span>
  );
}

function stateWords(state: FileState): string {
  if (state.is === "waiting") return "Waiting";
  if (state.is === "uploading") return state.share < 1 ? `${Math.round(state.share * 100)} %` : "Instagram takes it …";
  return state.is === "failed" ? state.words : "Ready";
}

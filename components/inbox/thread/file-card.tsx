import { ArrowUpRight, FileText } from "lucide-react";
import type { Attachment } from "@/lib/inbox/types";
import { cx } from "../../ui/cx";
import { type BubbleShape, bubbleClass } from "./bubble-class";
import { MediaGone } from "./media-gone";

/** A document: Instagram takes PDF only. The browser opens it at Meta's address. */
export function FileCard({ file, shape }: { file: Attachment; shape: BubbleShape }) {
  if (!file.url) return <MediaGone kind="file" />;
  return (
    <a
      href={file.url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={cx(bubbleClass(shape), "flex items-center gap-3 hover:underline")}
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-control bg-card text-accent-strong">
        <FileText aria-hidden="true" className="size-5 stroke-[1.6]" />
      </span>
      <span className="min-w-0">
        <bdi className="block truncate font-medium">{file.title ?? "PDF document"}</bdi>
        <span className="flex items-center gap-0.5 text-xs opacity-75">
          Open
          <ArrowUpRight aria-hidden="true" className="size-3.5" />
          <span className="sr-only">in a new tab</span>
        </span>
      </span>
    </a>
  );
}

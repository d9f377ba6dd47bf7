import { FileX, ImageOff, MicOff, VideoOff } from "lucide-react";
import { cx } from "../../ui/cx";

const KINDS = {
  picture: { Icon: ImageOff, words: "Picture no longer available" },
  video: { Icon: VideoOff, words: "Video no longer available" },
  voice: { Icon: MicOff, words: "Voice message no longer available" },
  file: { Icon: FileX, words: "File no longer available" },
  shared: { Icon: ImageOff, words: "No longer available" },
} as const;

type MediaGoneProps = { kind: keyof typeof KINDS; inGrid?: boolean; className?: string };

/** In place of media that Meta does not give any more. */
export function MediaGone({ kind, inGrid = false, className }: MediaGoneProps) {
  const { Icon, words } = KINDS[kind];
  return (
    <p
      className={cx(
        "flex flex-col items-center justify-center gap-1.5 rounded-bubble border border-edge border-dashed text-center text-faint text-xs",
        placeholderSize(inGrid),
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-4.5 stroke-[1.7]" />
      {words}
    </p>
  );
}

/** Of its own size, or the whole of its cell in a grid. */
export function placeholderSize(inGrid: boolean): string {
  return inGrid ? "aspect-square w-full p-1" : "min-h-24 min-w-40 p-4";
}

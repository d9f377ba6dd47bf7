import { LocalTime } from "@/components/channels/local-time";
import { Button } from "@/components/ui/button";
import type { SetAsideRow } from "@/lib/inbox/list-set-aside";

/** `kind`: what it is, in words. */
export type SetAsideView = SetAsideRow & { kind: string };

type SetAsideItemProps = { item: SetAsideView; busy: boolean; onReplay: () => void };

const DAY_MS = 86_400_000;

export function SetAsideItem({ item, busy, onReplay }: SetAsideItemProps) {
  const cut = item.bytes > new TextEncoder().encode(item.raw).length;
  return (
    <li className="py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="font-medium">{item.kind}</p>
          <p className="text-sm text-soft">{item.reason}</p>
          <p className="mt-0.5 text-faint text-sm">
            {item.username ? `@${item.username}` : "No connected account"}, <LocalTime at={item.createdAt} />, kept for{" "}
            {days(item.expiresAt - item.createdAt)}
          </p>
        </div>
        <Button size="sm" disabled={busy} onClick={onReplay} aria-label={`Replay ${item.kind.toLowerCase()}`}>
          Replay
        </Button>
      </div>
      <details className="mt-2">
        <summary className="w-fit cursor-pointer text-sm text-soft hover:text-ink">
          As it came ({size(item.bytes)})
        </summary>
        <pre className="mt-2 max-h-80 overflow-auto whitespace-pre-wrap break-all rounded-control bg-ground p-3 font-mono text-xs">
          {pretty(item.raw)}
          {cut && "\n…"}
        </pre>
      </details>
    </li>
  );
}

function pretty(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}

function days(ms: number): string {
  const count = Math.round(ms / DAY_MS);
  return count === 1 ? "1 day" : `${count} days`;
}

function size(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}

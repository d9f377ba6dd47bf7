import type { SearchRange } from "@/lib/inbox/search-words";

/** A text with what was looked for marked in it. */
export function Highlighted({ text, ranges }: { text: string; ranges: SearchRange[] }) {
  const pieces = ranges.flatMap(([start, end], at) => {
    const before = text.slice(ranges[at - 1]?.[1] ?? 0, start);
    return [before, <mark key={start}>{text.slice(start, end)}</mark>];
  });
  return (
    <>
      {pieces}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </>
  );
}

/** Messages kept in the page at most. */
const MOST = 300;
/** How many come in when the reader nears an end. */
const STEP = 50;

/** Which of the loaded messages are in the page: `take` of them, after leaving out the newest `skip`. */
export type MessageRange = { skip: number; take: number };

export const NEWEST: MessageRange = { skip: 0, take: STEP };

export function rangeOf<T>(messages: T[], { skip, take }: MessageRange): T[] {
  const end = Math.max(0, messages.length - skip);
  return messages.slice(Math.max(0, end - take), end);
}

/** @returns the same range when everything loaded before it is in the page already */
export function extendBack(range: MessageRange, loaded: number): MessageRange {
  if (range.skip + range.take >= loaded) return range;
  const take = range.take + STEP;
  return take > MOST ? { skip: range.skip + (take - MOST), take: MOST } : { skip: range.skip, take };
}

export function extendForward(range: MessageRange): MessageRange {
  return range.skip === 0 ? range : { skip: Math.max(0, range.skip - STEP), take: range.take };
}

/** The list in another order; the same seed gives the same order. */
export function shuffled<T>(list: T[], seed: number): T[] {
  const result = [...list];
  let state = seed | 0 || 1;
  for (let at = result.length - 1; at > 0; at--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const other = (state >>> 0) % (at + 1);
    const moved = result[at] as T;
    result[at] = result[other] as T;
    result[other] = moved;
  }
  return result;
}

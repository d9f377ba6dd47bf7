/** Numbers from 0 up to 1, the same in every run. */
export function randomNumbers(seed: number): () => number {
  let last = seed;
  return () => {
    last = (last * 1664525 + 1013904223) % 4294967296;
    return last / 4294967296;
  };
}

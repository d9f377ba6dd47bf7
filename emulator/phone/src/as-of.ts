import { DAY, HOUR, MINUTE } from "./times";

/** The moments that matter to Instagram's rules: either side of the 24 hours, and past the 7 days. */
export const AS_OF = [
  { label: "now", ago: 0 },
  { label: "2 hours ago", ago: 2 * HOUR },
  { label: "23 h 59 min ago", ago: 24 * HOUR - MINUTE },
  { label: "25 hours ago", ago: 25 * HOUR },
  { label: "8 days ago", ago: 8 * DAY },
] as const;

export function asOfLabel(ago: number): string {
  return AS_OF.find((moment) => moment.ago === ago)?.label ?? "now";
}

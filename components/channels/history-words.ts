/** `1 message`, `1,204 messages`. */
export function counted(number: number, noun: string): string {
  return `${new Intl.NumberFormat("en").format(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** Meta allows two calls a second, and each conversation is one. */
const SECONDS_EACH = 0.6;

/** How long so many conversations will take, in words. */
export function timeLeft(conversations: number): string {
  const minutes = Math.ceil((conversations * SECONDS_EACH) / 60);
  if (minutes <= 1) return "less than a minute left";
  if (minutes < 90) return `about ${minutes} minutes left`;
  return `about ${Math.round(minutes / 60)} hours left`;
}

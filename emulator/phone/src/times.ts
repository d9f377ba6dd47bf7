export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const LOCALE = "en-GB";
const time = new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "long" });
const shortWeekday = new Intl.DateTimeFormat(LOCALE, { weekday: "short" });
const date = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const dateWithYear = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const exact = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "medium" });

/** "9:12" */
export function clockTime(at: number): string {
  return time.format(at);
}

/** "Sunday 22 November 2026 at 9:12:04", for tooltips. */
export function exactTime(at: number): string {
  return exact.format(at);
}

/** "Today 9:12", "Yesterday 9:12", "Tuesday 9:12", "3 Nov, 9:12", "3 Nov 2025, 9:12" */
export function dividerTime(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return `Today ${clockTime(at)}`;
  if (days === 1) return `Yesterday ${clockTime(at)}`;
  if (days > 1 && days < 7) return `${weekday.format(at)} ${clockTime(at)}`;
  return `${shortDate(at, now)}, ${clockTime(at)}`;
}

/** "now", "4 m", "3 h", "Tue", "3 Nov" */
export function shortAgo(at: number, now: number): string {
  const passed = now - at;
  if (passed < MINUTE) return "now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} m`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h`;
  return daysBetween(at, now) < 7 ? shortWeekday.format(at) : shortDate(at, now);
}

/** "under a minute", "12 min", "3 h 5 min", "6 d 2 h" */
export function duration(ms: number): string {
  if (ms < MINUTE) return "under a minute";
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return joined(Math.floor(ms / HOUR), "h", Math.floor((ms % HOUR) / MINUTE), "min");
  return joined(Math.floor(ms / DAY), "d", Math.floor((ms % DAY) / HOUR), "h");
}

export function sameDay(a: number, b: number): boolean {
  return daysBetween(a, b) === 0;
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}

function shortDate(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? date : dateWithYear).format(at);
}

// Calendar days, not spans of 24 hours: a summer-time day of 23 hours is still one day.
function daysBetween(at: number, now: number): number {
  const then = new Date(at);
  const today = new Date(now);
  const utc = (day: Date) => Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  return Math.round((utc(today) - utc(then)) / DAY);
}

import { DAY, HOUR, MINUTE } from "@/lib/time";

/** One form of dates for everyone who looks at the same desk: English words, 24-hour clock. */
const LOCALE = "en-GB";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(LOCALE, { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
}

/** "9:12" */
export function timeOfDay(at: number, zone: string): string {
  const local = localTime(at, zone);
  const minutes = Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Days since 1970 of the calendar day that `at` falls on in `zone`. */
export function calendarDay(at: number, zone: string): number {
  return Math.floor(localTime(at, zone) / DAY);
}

/** Clocks are put forward and back on a quarter of an hour at the finest. */
const QUARTER = HOUR / 4;
/** Quarters remembered at most; asking the platform for one takes a hundred times as long as looking it up. */
const REMEMBERED = 10_000;

const offsets = new Map<string, number>();

/** What the clock on a wall in `zone` shows, as if it hung in Greenwich. */
function localTime(at: number, zone: string): number {
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  const key = `${quarter} ${zone}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = wallClock(quarter, zone) - quarter;
    if (offsets.size >= REMEMBERED) offsets.clear();
    offsets.set(key, offset);
  }
  return at + offset;
}

function wallClock(at: number, zone: string): number {
  const options = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const parts = format(zone, { ...options, hourCycle: "h23" }).formatToParts(at);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

/** "Today", "Yesterday", "Tuesday" within a week, "9 Mar", "9 Mar 2025" */
export function dayName(at: number, now: number, zone: string): string {
  const days = calendarDay(now, zone) - calendarDay(at, zone);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return format(zone, { weekday: "long" }).format(at);
  return shortDate(at, now, zone);
}

/** "9 Mar", with the year when it is another one */
export function shortDate(at: number, now: number, zone: string): string {
  const year = format(zone, { year: "numeric" });
  const sameYear = year.format(at) === year.format(now);
  return format(zone, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) }).format(at);
}

/** "3 March 2026" */
export function longDate(at: number, zone: string): string {
  return format(zone, { day: "numeric", month: "long", year: "numeric" }).format(at);
}

/** "today, 14:20", "tomorrow, 9:00", "Tue 25 Nov, 14:20": for a moment to come. */
export function moment(at: number, now: number, zone: string): string {
  const days = calendarDay(at, zone) - calendarDay(now, zone);
  const time = timeOfDay(at, zone);
  if (days === 0) return `today, ${time}`;
  if (days === 1) return `tomorrow, ${time}`;
  return `${format(zone, { weekday: "short" }).format(at)} ${shortDate(at, now, zone)}, ${time}`;
}

/** "now", "4 m", "3 h", "Tue", "9 Mar": what a narrow column has room for. */
export function shortAge(at: number, now: number, zone: string): string {
  const age = now - at;
  if (age < MINUTE) return "now";
  if (age < HOUR) return `${Math.floor(age / MINUTE)} m`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h`;
  if (calendarDay(now, zone) - calendarDay(at, zone) < 7) return format(zone, { weekday: "short" }).format(at);
  return shortDate(at, now, zone);
}

/** The same for ears: "just now", "4 minutes ago", "on Tuesday", "on 9 March". */
export function ageInWords(at: number, now: number, zone: string): string {
  const age = now - at;
  if (age < MINUTE) return "just now";
  if (age < DAY) return `${durationInWords(age < HOUR ? age : age - (age % HOUR))} ago`;
  if (calendarDay(now, zone) - calendarDay(at, zone) < 7) return `on ${format(zone, { weekday: "long" }).format(at)}`;
  return `on ${longDate(at, zone)}`;
}

/** "3 d", "24 h", "1 h 40 m", "5 m", "less than 1 m"; minutes only below ten hours. */
export function shortDuration(ms: number): string {
  const { days, hours, minutes } = parts(ms);
  if (days > 0) return hours > 0 && days < 2 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 && hours < 10 ? `${hours} h ${minutes} m` : `${hours} h`;
  return minutes > 0 ? `${minutes} m` : "less than 1 m";
}

/** The same in full words: "1 hour 40 minutes". */
export function durationInWords(ms: number): string {
  const { days, hours, minutes } = parts(ms);
  if (days > 0) return hours > 0 && days < 2 ? `${count(days, "day")} ${count(hours, "hour")}` : count(days, "day");
  if (hours > 0) {
    return minutes > 0 && hours < 10 ? `${count(hours, "hour")} ${count(minutes, "minute")}` : count(hours, "hour");
  }
  return minutes > 0 ? count(minutes, "minute") : "less than a minute";
}

/** "1 hour", "2 hours" */
export function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? "" : "s"}`;
}

function parts(ms: number): { days: number; hours: number; minutes: number } {
  // A full day is still spoken of as 24 hours, as the windows are.
  const days = ms < DAY + HOUR ? 0 : Math.floor(ms / DAY);
  return {
    days,
    hours: Math.floor((ms - days * DAY) / HOUR),
    minutes: Math.floor((ms % HOUR) / MINUTE),
  };
}

/** "0:07", "12:30" for a length in seconds. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "1 minute 5 seconds" for a length in seconds. */
export function secondsInWords(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes > 0 ? `${count(minutes, "minute")} ${count(whole % 60, "second")}` : count(whole, "second");
}

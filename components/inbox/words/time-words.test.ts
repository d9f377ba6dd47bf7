import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "@/lib/time";
import { ageInWords, dayName, durationInWords, moment, shortAge, shortDuration, timeOfDay } from "./time-words";

const ZONE = "Europe/Berlin";
// Sunday, 22 November 2026, 10:30 in Berlin.
const NOW = Date.UTC(2026, 10, 22, 9, 30);

describe("time in words", () => {
  test("the calendar day is that of the reader's zone, not of the server", () => {
    const at = Date.UTC(2026, 10, 21, 23, 30); // 00:30 on the 22nd in Berlin, still the 21st in Lisbon
    expect(dayName(at, NOW, ZONE)).toBe("Today");
    expect(dayName(at, NOW, "Europe/Lisbon")).toBe("Yesterday");
    expect(timeOfDay(at, ZONE)).toBe("0:30");
  });

  test("the hour is that of the wall clock, also in the night when it is put back", () => {
    const at = Date.UTC(2026, 9, 25, 0, 45); // 25 October 2026: 3:00 becomes 2:00 in Berlin at 1:00 UTC
    expect([0, 1, 2].map((hours) => timeOfDay(at + hours * HOUR, ZONE))).toEqual(["2:45", "2:45", "3:45"]);
    expect(timeOfDay(NOW, "Asia/Kathmandu")).toBe("15:15");
    expect(timeOfDay(NOW, "America/New_York")).toBe("4:30");
    expect(timeOfDay(Date.UTC(1969, 11, 31, 23, 5), "UTC")).toBe("23:05");
  });

  test("days are named within a week and dated before it", () => {
    expect(dayName(NOW - DAY, NOW, ZONE)).toBe("Yesterday");
    expect(dayName(NOW - 6 * DAY, NOW, ZONE)).toBe("Monday");
    expect(dayName(NOW - 7 * DAY, NOW, ZONE)).toBe("15 Nov");
    expect(dayName(NOW - 365 * DAY, NOW, ZONE)).toBe("22 Nov 2025");
  });

  test("ages shrink to what a row has room for and are said in full", () => {
    expect(shortAge(NOW - 20_000, NOW, ZONE)).toBe("now");
    expect(shortAge(NOW - 4 * MINUTE, NOW, ZONE)).toBe("4 m");
    expect(shortAge(NOW - 22 * HOUR, NOW, ZONE)).toBe("22 h");
    expect(shortAge(NOW - 5 * DAY, NOW, ZONE)).toBe("Tue");
    expect(shortAge(NOW - 30 * DAY, NOW, ZONE)).toBe("23 Oct");
    expect(ageInWords(NOW - MINUTE, NOW, ZONE)).toBe("1 minute ago");
    expect(ageInWords(NOW - 3 * HOUR - 5 * MINUTE, NOW, ZONE)).toBe("3 hours ago");
    expect(ageInWords(NOW - 5 * DAY, NOW, ZONE)).toBe("on Tuesday");
  });

  test("a message from a clock ahead of ours is now, not in minus minutes", () => {
    expect(shortAge(NOW + 5 * MINUTE, NOW, ZONE)).toBe("now");
  });

  test("durations keep minutes only where minutes matter", () => {
    expect(shortDuration(100 * MINUTE)).toBe("1 h 40 m");
    expect(shortDuration(23 * HOUR + 59 * MINUTE)).toBe("23 h");
    expect(shortDuration(24 * HOUR)).toBe("24 h");
    expect(shortDuration(30 * HOUR)).toBe("1 d 6 h");
    expect(shortDuration(6 * DAY + 5 * HOUR)).toBe("6 d");
    expect(shortDuration(30_000)).toBe("less than 1 m");
    expect(durationInWords(HOUR + MINUTE)).toBe("1 hour 1 minute");
  });

  test("a moment to come is named by its day", () => {
    expect(moment(NOW + HOUR, NOW, ZONE)).toBe("today, 11:30");
    expect(moment(NOW + DAY, NOW, ZONE)).toBe("tomorrow, 10:30");
    expect(moment(NOW + 3 * DAY, NOW, ZONE)).toBe("Wed 25 Nov, 10:30");
  });
});

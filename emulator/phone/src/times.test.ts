import { describe, expect, it } from "vitest";
import { DAY, dividerTime, duration, HOUR, MINUTE, sameDay, shortAgo } from "./times";

const now = new Date(2026, 10, 22, 9, 12).getTime();

describe("dividerTime", () => {
  it.each([
    [new Date(2026, 10, 22, 0, 5), "Today 0:05"],
    [new Date(2026, 10, 21, 23, 55), "Yesterday 23:55"],
    [new Date(2026, 10, 17, 9, 12), "Tuesday 9:12"],
    [new Date(2026, 10, 15, 9, 12), "15 Nov, 9:12"],
    [new Date(2025, 10, 22, 9, 12), "22 Nov 2025, 9:12"],
  ])("says %s as %s", (at, words) => {
    expect(dividerTime(at.getTime(), now).replace(/\b0(?=\d:)/, "")).toBe(words);
  });
});

describe("shortAgo", () => {
  it.each([
    [20_000, "now"],
    [4 * MINUTE, "4 m"],
    [23 * HOUR, "23 h"],
    [5 * DAY, "Tue"],
    [30 * DAY, "23 Oct"],
  ])("calls %d ms ago %s", (ago, words) => {
    expect(shortAgo(now - ago, now)).toBe(words);
  });
});

describe("duration", () => {
  it.each([
    [59_000, "under a minute"],
    [59 * MINUTE, "59 min"],
    [DAY - MINUTE, "23 h 59 min"],
    [25 * HOUR, "25 h"],
    [6 * DAY + 23 * HOUR, "6 d 23 h"],
  ])("says %d ms as %s", (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe("sameDay", () => {
  it("parts two minutes around midnight and joins a day's two ends", () => {
    const midnight = new Date(2026, 10, 22).getTime();
    expect(sameDay(midnight - MINUTE, midnight)).toBe(false);
    expect(sameDay(midnight, midnight + DAY - MINUTE)).toBe(true);
  });
});

import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "@/lib/time";
import { answerLine, rowClock, windowLine } from "./clocks";

const NOW = Date.UTC(2026, 10, 22, 9, 30);

describe("the clock of a row", () => {
  test("shows the answer that is due before the window closes", () => {
    const clock = rowClock({ unansweredSince: NOW - 22 * HOUR, lastCustomerAt: NOW - HOUR }, NOW);
    expect(clock).toMatchObject({ short: "due 2 h", words: "answer due in 2 hours", urgency: "quiet" });
  });

  test("turns amber below two hours while an answer is due, and is quiet once there is one", () => {
    expect(rowClock({ unansweredSince: NOW - 22 * HOUR - 20 * MINUTE, lastCustomerAt: NOW - HOUR }, NOW)).toMatchObject(
      { short: "due 1 h 40 m", urgency: "soon" },
    );
    expect(rowClock({ unansweredSince: null, lastCustomerAt: NOW - 23 * HOUR }, NOW)).toMatchObject({
      short: "1 h left",
      urgency: "quiet",
    });
  });

  test("says overdue in words while a reply is still possible", () => {
    expect(rowClock({ unansweredSince: NOW - 26 * HOUR, lastCustomerAt: NOW - 26 * HOUR }, NOW)).toMatchObject({
      short: "overdue 2 h",
      words: "answer overdue by 2 hours",
      urgency: "late",
    });
  });

  test("shows the days left for people, and then that it is closed", () => {
    expect(rowClock({ unansweredSince: null, lastCustomerAt: NOW - 4 * DAY }, NOW)).toMatchObject({
      short: "late reply, 3 d left",
      words: "late replies of people for 3 days",
      urgency: "quiet",
    });
    expect(rowClock({ unansweredSince: NOW - 8 * DAY, lastCustomerAt: NOW - 8 * DAY }, NOW).short).toBe("closed");
    expect(rowClock({ unansweredSince: null, lastCustomerAt: null }, NOW).short).toBe("closed");
  });
});

describe("the two clocks of a conversation", () => {
  test("the window reads by Instagram's three states", () => {
    expect(windowLine(NOW - 24 * HOUR + 10 * MINUTE, NOW, "UTC").text).toBe("Reply within 10 m");
    expect(windowLine(NOW - 24 * HOUR + 10 * MINUTE, NOW, "UTC").quiet).toBe("Open until today, 9:40");
    expect(windowLine(NOW - 24 * HOUR - MINUTE, NOW, "UTC").text).toBe("Human agent replies until Sat 28 Nov, 9:29");
    expect(windowLine(NOW - 7 * DAY - MINUTE, NOW, "UTC").text).toBe("Window closed");
  });

  test("a due answer counts from the oldest unanswered message, not from the last", () => {
    expect(answerLine(NOW - 20 * HOUR, NOW)?.text).toBe("Answer due in 4 h");
    expect(answerLine(NOW - 25 * HOUR, NOW)).toEqual({ text: "Answer due 1 h ago, overdue", urgency: "late" });
    expect(answerLine(null, NOW)).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import { channelNews } from "./channel-news";
import type { ChannelRow } from "./types";

const NOW = Date.UTC(2026, 10, 22);
const DAY = 24 * 60 * 60 * 1000;

const channel = (change: Partial<ChannelRow>): ChannelRow => ({
  id: "1",
  username: "nora.ceramics",
  name: null,
  pageName: "Nora Ceramics",
  pictureUrl: null,
  state: "healthy",
  problem: null,
  problemCode: null,
  problemDetail: null,
  endsAt: null,
  ...change,
});

describe("what the desk says of an account", () => {
  test("nothing, while all is well", () => {
    expect(channelNews(channel({}), true, NOW)).toBeNull();
    expect(channelNews(channel({ state: "disconnected", problem: "x", problemCode: "token" }), true, NOW)).toBeNull();
  });

  test("complaint 24: who manages channels reads the cause and can reconnect, an agent reads whom to ask", () => {
    const broken = channel({
      state: "broken",
      problem: "The password was changed. Reconnect.",
      problemCode: "sign_in",
    });
    expect(channelNews(broken, true, NOW)).toMatchObject({
      title: "Messages of @nora.ceramics cannot be answered",
      text: "The password was changed. Reconnect.",
      mend: "reconnect",
    });
    const told = channelNews(broken, false, NOW);
    expect(told).toMatchObject({ title: "Messages of @nora.ceramics cannot be answered", mend: null });
    expect(told?.text).not.toContain("password");
  });

  test("complaint 23: a missing permission is asked for again", () => {
    const broken = channel({ state: "broken", problem: "x", problemCode: "permission:instagram_basic" });
    expect(channelNews(broken, true, NOW)?.mend).toBe("ask_again");
  });

  test("complaint 31: where no login helps, none is offered", () => {
    const broken = channel({ state: "broken", problem: "x", problemCode: "sign_in", problemDetail: "app_blocked" });
    expect(channelNews(broken, true, NOW)?.mend).toBe("look");
    expect(channelNews({ ...broken, problemDetail: "app_removed" }, true, NOW)?.mend).toBe("reconnect");
  });

  test("what hinders receiving alone is a warning", () => {
    const hindered = channel({ problem: "Not subscribed.", problemCode: "app_subscription" });
    expect(channelNews(hindered, false, NOW)).toMatchObject({
      tone: "warn",
      title: "New messages of @nora.ceramics may not arrive",
    });
    expect(channelNews(channel({ problem: "x", problemCode: "human_agent" }), false, NOW)).toBeNull();
  });

  test.each([
    [15 * DAY, null],
    [14 * DAY, "The key to @nora.ceramics ends in 14 days"],
    [DAY + 1, "The key to @nora.ceramics ends in 2 days"],
    [DAY / 2, "The key to @nora.ceramics ends within a day"],
    [-1, "The key to @nora.ceramics has ended"],
  ])("complaint 22: with %i ms left it says %s to those who can reconnect", (left, title) => {
    const ending = channel({ endsAt: NOW + left });
    expect(channelNews(ending, true, NOW)?.title ?? null).toBe(title);
  });

  test("complaint 22: in the last week everybody reads it, and whom to ask", () => {
    expect(channelNews(channel({ endsAt: NOW + 8 * DAY }), false, NOW)).toBeNull();
    expect(channelNews(channel({ endsAt: NOW + 7 * DAY }), false, NOW)).toEqual({
      channelId: "1",
      tone: "warn",
      title: "The key to @nora.ceramics ends in 7 days",
      text: "An owner or admin of this desk can reconnect it, and nothing is interrupted.",
      mend: null,
    });
  });
});

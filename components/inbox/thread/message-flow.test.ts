import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "@/lib/time";
import { messageRow } from "../inbox-rows.fixture";
import { bubblesOf } from "./bubbles";
import { messageFlow } from "./message-flow";

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const VIEW = { now: NOW, zone: "UTC", memberId: "me" };
const nora = { id: "nora", name: "Nora" };
const me = { id: "me", name: "Me" };

function shape(...messages: Parameters<typeof messageRow>[0][]) {
  return messageFlow(bubblesOf(messages.map(messageRow)), VIEW).map(({ divider, author, startsGroup, endsGroup }) => ({
    divider,
    author,
    joined: `${startsGroup ? "[" : "-"}${endsGroup ? "]" : "-"}`,
  }));
}

describe("how messages stand under each other", () => {
  test("one sender's messages within five minutes are joined, a later one starts anew", () => {
    const start = NOW - HOUR;
    const flow = shape({ sentAt: start }, { sentAt: start + 4 * MINUTE }, { sentAt: start + 10 * MINUTE });
    expect(flow.map((item) => item.joined)).toEqual(["[-", "-]", "[]"]);
  });

  test("a new day and a pause of more than an hour get a line, the first message always", () => {
    const flow = shape(
      { sentAt: NOW - DAY },
      { sentAt: NOW - 3 * HOUR },
      { sentAt: NOW - 2 * HOUR },
      { sentAt: NOW - HOUR + MINUTE },
    );
    expect(flow.map((item) => item.divider)).toEqual(["Yesterday 9:30", "Today 6:30", null, "Today 8:31"]);
  });

  test("own messages name a colleague or the phone, and oneself only after them", () => {
    const out = { direction: "out", origin: "desk" } as const;
    const flow = shape(
      { ...out, author: me, sentAt: NOW - 9 * MINUTE },
      { ...out, author: nora, sentAt: NOW - 8 * MINUTE },
      { ...out, author: nora, sentAt: NOW - 7 * MINUTE },
      { ...out, origin: "instagram", author: null, sentAt: NOW - 6 * MINUTE },
      { ...out, author: me, sentAt: NOW - 5 * MINUTE },
      { ...out, author: nora, sentAt: NOW - 4 * MINUTE },
      { ...out, author: nora, sentAt: NOW + 4 * MINUTE },
    );
    expect(flow.map((item) => item.author)).toEqual([null, "Nora", null, "From Instagram app", "You", "Nora", "Nora"]);
    expect(flow.map((item) => item.joined)).toEqual(["[]", "[-", "-]", "[]", "[]", "[]", "[]"]);
  });
});

import { expect, test } from "vitest";
import { eventStreamParser } from "./event-stream-parser";

test("events come out whole wherever the bytes were cut", () => {
  const text =
    ': heartbeat\n\nevent: changes\nid: 7\ndata: {"through":7}\n\r\nevent: changes\r\ndata: a\r\ndata: b\r\n\r\n';
  for (let cut = 0; cut <= text.length; cut += 1) {
    const parse = eventStreamParser();
    const events = [...parse(text.slice(0, cut)), ...parse(text.slice(cut))];
    expect(events).toEqual([
      { event: "changes", data: '{"through":7}' },
      { event: "changes", data: "a\nb" },
    ]);
  }
});

test("an event without its closing empty line is not there yet", () => {
  const parse = eventStreamParser();
  expect(parse("data: half")).toEqual([]);
  expect(parse("\n\n")).toEqual([{ event: "message", data: "half" }]);
});

import { expect, test } from "vitest";
import { igIdFor, igsidFor, messageId, messageIdTime, metaDecode, metaEncode, threadKeyFor } from "./ids";

const REAL_MID =
  "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOjE3ODQxNDUyNjkxNjAwMDk4OjM0MDI4MjM2Njg0MTcxMDMwMDk0OTEyODUyNTYwOTEwODQ0ODU4MjozMDc2OTU4MTA5OTY0OTI5MzAzMjAwODc1MDUxMTE2MTM0NAZDZD";
const REAL_PLAIN =
  "ig_dm_item:1:IGMessageID:17841452691600098:340282366841710300949128525609108448582:30769581099649293032008750511161344";

test("message ids are written in Meta's alphabet", () => {
  expect(metaDecode(REAL_MID)).toBe(REAL_PLAIN);
  expect(metaEncode(REAL_PLAIN)).toBe(REAL_MID);
  expect(messageIdTime(REAL_MID)).toBe(1668022333735);
});

test("a made message id carries its millisecond and looks like a real one", () => {
  const igId = igIdFor("nora.ceramics");
  const key = threadKeyFor(igId, "ana.lima");
  const mids = Array.from({ length: 500 }, () => messageId(igId, key, 1_795_000_000_123));
  expect(new Set(mids).size).toBe(500);
  expect(new Set(mids.map(messageIdTime))).toEqual(new Set([1_795_000_000_123]));
  expect(mids[0]).toMatch(/^aWdfZAG1f[A-Za-z0-9]{120,190}$/);
});

test("accounts have Instagram's prefix and a customer has another id for every account", () => {
  expect(igIdFor("nora.ceramics")).toMatch(/^17841\d{12}$/);
  const one = igsidFor(igIdFor("nora.ceramics"), "ana.lima");
  expect(one).toMatch(/^[1-9]\d{15}$/);
  expect(igsidFor(igIdFor("fjord.knits"), "ana.lima")).not.toBe(one);
});

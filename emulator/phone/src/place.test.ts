import { describe, expect, it } from "vitest";
import { type Place, readPlace, START, writePlace } from "./place";

describe("readPlace", () => {
  const places: Place[] = [
    { role: "customer", customer: "ana.lima", business: null },
    { role: "customer", customer: "ana.lima", business: "nora.ceramics" },
    { role: "business", business: "nora.ceramics", customer: null },
    { role: "business", business: "nora.ceramics", customer: "yuki_tanaka" },
    { role: "customer", customer: "with/slash and %", business: "ñ" },
  ];

  it.each(places)("finds again what was written to the address bar: %o", (place) => {
    expect(readPlace(writePlace(place))).toEqual(place);
  });

  it.each(["", "#", "#/", "#/as", "#/as/", "#/phone-of/", "#/elsewhere/ana"])("starts afresh from %j", (hash) => {
    expect(readPlace(hash)).toEqual(START);
  });

  it("survives an address that somebody cut in the middle of an escape", () => {
    expect(readPlace("#/as/ana%")).toEqual({ role: "customer", customer: "ana%", business: null });
  });
});

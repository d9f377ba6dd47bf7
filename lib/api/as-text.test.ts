import { expect, test } from "vitest";
import { placeRequestText, placeText } from "./as-text";

test("a place is a map link under its name and address", () => {
  expect(
    placeText({ latitude: 38.7077507, longitude: -9.1365919, name: "Nora Ceramics", address: "Rua Augusta 1" }),
  ).toBe("Nora Ceramics\nRua Augusta 1\nhttps://www.google.com/maps/search/?api=1&query=38.707751%2C-9.136592");
  expect(placeText({ latitude: 1e-7, longitude: 100 })).toBe("https://www.google.com/maps/search/?api=1&query=0%2C100");
});

test("the wish for a place is its words, or ours", () => {
  expect(placeRequestText("Where shall we deliver?")).toBe("Where shall we deliver?");
  expect(placeRequestText(" ")).toBe("Please tell us where you are.");
});

import { expect, test } from "vitest";
import { EMPTY_CARD, EMPTY_FORM, type FormDraft, formResult } from "./form-draft";

const form = (values: Partial<FormDraft>) => formResult({ ...EMPTY_FORM, ...values });

test("quick replies without the empty ones; twins are refused", () => {
  expect(form({ quickReplies: [" Red ", "", "Blue"] })).toEqual({ quickReplies: ["Red", "Blue"] });
  expect(form({ quickReplies: ["Red", "Red "] })).toEqual({ problem: "Two quick replies are the same." });
  expect(form({})).toEqual({ problem: "Write at least one quick reply." });
});

test("a button opens an address, or brings its title back", () => {
  const buttons = [
    { title: "Shop", url: "https://shop.example" },
    { title: "Ask me", url: "" },
  ];
  expect(form({ kind: "buttons", text: "How may we help?", buttons })).toEqual({
    part: {
      type: "buttons",
      text: "How may we help?",
      buttons: [
        { title: "Shop", url: "https://shop.example" },
        { title: "Ask me", payload: "Ask me" },
      ],
    },
  });
  expect(form({ kind: "buttons", text: "", buttons })).toEqual({ problem: "Write the text above the buttons." });
  expect(form({ kind: "buttons", text: "Hi", buttons: [{ title: "Shop", url: "shop.example" }] })).toEqual({
    problem: "The button “Shop” needs an address that begins with https://.",
  });
});

test("cards keep what was filled in and say which one is not complete", () => {
  const vase = { ...EMPTY_CARD, title: "Vase", subtitle: "24 cm", buttons: [{ title: "Order", url: "" }] };
  expect(form({ kind: "cards", cards: [vase, EMPTY_CARD] })).toEqual({
    part: {
      type: "cards",
      cards: [{ title: "Vase", subtitle: "24 cm", buttons: [{ title: "Order", payload: "Order" }] }],
    },
  });
  expect(form({ kind: "cards", cards: [vase, { ...EMPTY_CARD, subtitle: "30 cm" }] })).toEqual({
    problem: "Card 2 has no title.",
  });
});

import { expect, test } from "vitest";
import { textPieces } from "./text-pieces";

const links = (text: string) => textPieces(text).flatMap((piece) => (piece.type === "link" ? [piece.href] : []));

test("web addresses become links, with and without scheme, and the text around them stays", () => {
  expect(textPieces("Pay at nora.com/pay/8841, thanks")).toEqual([
    { type: "text", text: "Pay at " },
    { type: "link", text: "nora.com/pay/8841", href: "https://nora.com/pay/8841" },
    { type: "text", text: ", thanks" },
  ]);
  expect(links("http://a.com https://b.com/x?y=1#z")).toEqual(["http://a.com", "https://b.com/x?y=1#z"]);
});

test("nothing but http and https is ever a link", () => {
  for (const text of ["javascript:alert(1)", "data:text/html,x", "//evil.com", "mail me at a@b.com", "ftp://b.com/x"]) {
    expect(links(text)).toEqual([]);
    expect(
      textPieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  }
});

test("a missing space after a full stop makes no link", () => {
  expect(links("That is great.do you ship? Yes.it is")).toEqual([]);
});

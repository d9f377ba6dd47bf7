import { expect, test } from "vitest";
import { outgoingParts } from "./outgoing-parts";

const textOf = (content: object) => outgoingParts({ type: "text", ...content }, null);

test("what is written in HTML or Markdown is said in words, with the addresses of its links", () => {
  const plain = [expect.objectContaining({ text: "Hi & welcome\nOur shop: https://shop.example/?a=1" })];
  expect(
    textOf({
      htmlText: `<b>Hi</b> &amp; welcome<br><a class="x" href="https://shop.example/?a=1">Our <i>shop</i></a>`,
    }),
  ).toEqual(plain);
  expect(textOf({ markdownText: "**Hi** & welcome\n[Our shop](https://shop.example/?a=1)" })).toEqual(plain);
});

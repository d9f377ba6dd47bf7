import { expect, test } from "vitest";
import type { ContentPost } from "./schemas/content";
import { parseShorthand } from "./shorthand";

const shop = "https://shop.example/";
const text = (given: string): ContentPost => ({ type: "text", text: given });

test.each<[string, object]>([
  [
    `Which one?\n%[Blue](reply:BLUE ONE) %[Red](reply:RED)`,
    {
      type: "text",
      text: "Which one?",
      actions: [
        { type: "reply", text: "Blue", payload: "BLUE ONE" },
        { type: "reply", text: "Red", payload: "RED" },
      ],
    },
  ],
  [
    `See %[Shop](${shop}) or %[Ask](postback:ASK) us`,
    {
      type: "text",
      text: "See or us",
      actions: [
        { type: "link", text: "Shop", uri: shop },
        { type: "postback", text: "Ask", payload: "ASK" },
      ],
    },
  ],
  [`The blue one ![](${shop}b.png)`, { type: "image", mediaUrl: `${shop}b.png`, text: "The blue one" }],
  [`%[Shop](${shop})`, { type: "text", actions: [{ type: "link", text: "Shop", uri: shop }] }],
])("%j is taken apart", (given, content) => {
  expect(parseShorthand(text(given))).toEqual(content);
});

test.each([
  "Half off: 50 %[really] (yes)",
  "%[a](ftp://x) %[b](javascript:alert(1)) %[](reply:x)",
  `![](${shop}1.png) ![](${shop}2.png)`,
  "%((template:hello))%",
])("%j stays as it is written", (given) => {
  expect(parseShorthand(text(given))).toEqual(text(given));
});

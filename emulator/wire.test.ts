import { expect, test } from "vitest";
import { appSecretProof, metaJson, signature1, signature256, signedRequest } from "./webhooks/wire";

const SECRET = "0123456789abcdef0123456789abcdef";

const DELIVERY = {
  object: "instagram",
  entry: [
    {
      time: 1700000000123,
      id: "17841400000000001",
      messaging: [
        {
          sender: { id: "1234567890123456" },
          recipient: { id: "17841400000000001" },
          timestamp: 1700000000000,
          message: {
            mid: "m1",
            text: "café 😀",
            attachments: [
              { type: "image", payload: { url: "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1" } },
            ],
          },
        },
      ],
    },
  ],
};

test("a delivery is written and signed in Meta's byte form", () => {
  const body = metaJson(DELIVERY);
  expect(Buffer.byteLength(body)).toBe(365);
  expect(body).toContain(String.raw`caf\u00e9 \ud83d\ude00`);
  expect(body).toContain(String.raw`https:\/\/lookaside.fbsbx.com\/ig_messaging_cdn\/`);
  expect(signature256(SECRET, body)).toBe("sha256=ba06bf0692718c54006c1b80f67bbcdc2e9ff7c20185e849ba11826db8824fd0");
  expect(signature1(SECRET, body)).toBe("sha1=d1d36c1928ca68e34af3915c67e7038dfe061cda");
  const reserialised = JSON.stringify(JSON.parse(body));
  expect(signature256(SECRET, reserialised)).toBe(
    "sha256=af6897cfee157399787bf084b6640158a47801c649b2e18c70af1ec499bbb378",
  );
});

test("appsecret_proof and signed_request are Facebook's", () => {
  expect(appSecretProof(SECRET, "EAAtesttoken")).toBe(
    "558080b299ccfabcdbfaf45bd3a4f6c06b5703c83f3c6d3023c8efc960fef88b",
  );
  expect(
    signedRequest(SECRET, { user_id: "218471", algorithm: "HMAC-SHA256", issued_at: 1700000000, expires: 0 }),
  ).toBe(
    "GUuAi00u-WyBE3t4vr6IKe3renYMKvl8DMcKcaHCk9M.eyJ1c2VyX2lkIjoiMjE4NDcxIiwiYWxnb3JpdGhtIjoiSE1BQy1TSEEyNTYiLCJpc3N1ZWRfYXQiOjE3MDAwMDAwMDAsImV4cGlyZXMiOjB9",
  );
});

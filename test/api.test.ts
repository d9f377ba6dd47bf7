import { createServer, request } from "node:http";
import { SignJWT } from "jose";
import SunshineConversations from "sunshine-conversations-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { revokeApiKey } from "@/lib/auth/revoke-api-key";
import { processHandles } from "@/lib/process-handles";
import { gif, mp4, pdf, png, wav } from "./files";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** The public API, driven by the official client of the product that it is compatible with, and by hand where that cannot go. */
let live: LiveDesk;
let appId: string;
let customer: Customer;
let conversationId: string;
let key: { id: string; secret: string };

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
  customer = await live.newCustomer("Is the blue mug back?");
  conversationId = publicId(customer.conversationId);
  appId = publicId(live.shop.workspaceId);
  key = await newKey(true);
});
afterAll(() => live.close());

function newKey(people: boolean, workspaceId = live.shop.workspaceId) {
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openLiveDesk comes first");
  return createApiKey(live.desk.db, keyring, { scope: "app", workspaceId, name: "Test", people, createdBy: null });
}

function client(as = key, mount = "") {
  const api = new SunshineConversations.ApiClient();
  api.basePath = `${live.url}${mount}`;
  api.authentications.basicAuth.username = as.id;
  api.authentications.basicAuth.password = as.secret;
  return api;
}

async function call(path: string, options: RequestInit & { as?: typeof key } = {}) {
  const { as = key, ...init } = options;
  const authorization = `Basic ${Buffer.from(`${as.id}:${as.secret}`).toString("base64")}`;
  const response = await fetch(`${live.url}/v2/apps/${appId}${path}`, {
    ...init,
    headers: {
      authorization,
      ...(typeof init.body === "string" ? { "content-type": "application/json" } : {}),
      ...init.headers,
    },
  });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

const business = { type: "business", displayName: "Nora" };

async function reachesInstagram(text: string) {
  return until(`"${text}" reaches Instagram`, async () =>
    (await live.ledger(customer)).find((entry) => entry.text === text),
  );
}

describe("the official client", () => {
  test("reads the app, the person, the conversation and its messages", async () => {
    const { app } = await new SunshineConversations.AppsApi(client()).getApp(appId);
    expect(app).toMatchObject({ id: appId, displayName: "Test" });

    const conversations = new SunshineConversations.ConversationsApi(client());
    const { conversation } = await conversations.getConversation(appId, conversationId);
    expect(conversation).toMatchObject({ id: conversationId, type: "personal", isDefault: true });

    const { messages } = await new SunshineConversations.MessagesApi(client()).listMessages(appId, conversationId);
    expect(messages).toHaveLength(1);
    const [first] = messages;
    expect(first.content).toMatchObject({ type: "text", text: "Is the blue mug back?" });
    expect(first.author).toMatchObject({ type: "user" });

    const { user } = await new SunshineConversations.UsersApi(client()).getUser(appId, first.author.userId);
    expect(user.profile.givenName).toBe("Customer");
    const listed = await conversations.listConversations(appId, { userId: user.id });
    expect(listed.conversations.map(({ id }: { id: string }) => id)).toEqual([conversationId]);
  });

  test("sends a message that reaches Instagram and stands in the inbox, at both base paths", async () => {
    for (const [mount, text] of [
      ["", "Yes, since today"],
      ["/sc", "And the green one"],
    ] as const) {
      const answered = await new SunshineConversations.MessagesApi(client(key, mount)).postMessage(
        appId,
        conversationId,
        {
          author: business,
          content: { type: "text", text },
          metadata: { order: 7 },
        },
      );
      expect(answered.messages[0]).toMatchObject({ content: { text }, metadata: { order: 7 } });
      expect(await reachesInstagram(text)).toMatchObject({ tag: null });
      const shown = (await live.messages(customer)).find((row) => row.text === text);
      expect(shown).toMatchObject({ direction: "out", author: { name: "Nora" } });
    }
  });

  test("sends replies, buttons and cards as Instagram's own", async () => {
    const messages = new SunshineConversations.MessagesApi(client());
    await messages.postMessage(appId, conversationId, {
      author: business,
      content: { type: "text", text: "Which one?", actions: [{ type: "reply", text: "Blue", payload: "BLUE" }] },
    });
    expect((await reachesInstagram("Which one?")).raw).toMatchObject({
      message: { quick_replies: [{ content_type: "text", title: "Blue", payload: "BLUE" }] },
    });
    await messages.postMessage(appId, conversationId, {
      author: business,
      content: {
        type: "carousel",
        items: [{ title: "Blue mug", actions: [{ type: "link", text: "Buy", uri: "https://shop.example/blue" }] }],
      },
    });
    const cards = await until("the cards reach Instagram", async () =>
      (await live.ledger(customer)).find(({ kind }) => kind === "template"),
    );
    expect(JSON.stringify(cards.raw)).toContain("https://shop.example/blue");
  });

  test("says in words what Instagram has no form for: a place, the wish for one; an extension is its fallback address", async () => {
    const messages = new SunshineConversations.MessagesApi(client());
    const post = (content: object) => messages.postMessage(appId, conversationId, { author: business, content });
    await post({
      type: "location",
      coordinates: { lat: 38.7077507, long: -9.1365919 },
      location: { name: "Nora Ceramics", address: "Rua Augusta 1" },
    });
    const map = "https://www.google.com/maps/search/?api=1&query=38.707751%2C-9.136592";
    await reachesInstagram(`Nora Ceramics\nRua Augusta 1\n${map}`);
    await post({ type: "text", actions: [{ type: "locationRequest", text: "Where shall we deliver?" }] });
    await reachesInstagram("Where shall we deliver?");
    const uris = { uri: "https://shop.example/app", fallback: "https://shop.example/size" };
    await post({ type: "text", text: "Your size", actions: [{ type: "webview", text: "Choose", ...uris }] });
    const { raw } = await until("the extension reaches Instagram", async () =>
      (await live.ledger(customer)).find((entry) => JSON.stringify(entry.raw).includes("Your size")),
    );
    expect(JSON.stringify(raw)).toContain('{"type":"web_url","title":"Choose","url":"https://shop.example/size"}');
  });

  test("takes the shorthand of a text for what it stands for", async () => {
    const text = "What size? %[Small](reply:S) %[Large](reply:L)";
    const { messages } = await new SunshineConversations.MessagesApi(client()).postMessage(appId, conversationId, {
      author: business,
      content: { type: "text", text },
    });
    expect(messages[0].content).toMatchObject({ type: "text", text: "What size?", actions: [{ text: "Small" }, {}] });
    expect((await reachesInstagram("What size?")).raw).toMatchObject({
      message: { quick_replies: [{ title: "Small", payload: "S" }, { title: "Large" }] },
    });
  });

  test("sends a link and a postback as buttons", async () => {
    await new SunshineConversations.MessagesApi(client()).postMessage(appId, conversationId, {
      author: business,
      content: {
        type: "text",
        text: "How may we help?",
        actions: [
          { type: "link", text: "Shop", uri: "https://shop.example/" },
          { type: "postback", text: "Ask a person", payload: "PERSON" },
        ],
      },
    });
    const { raw } = await until("the buttons reach Instagram", async () =>
      (await live.ledger(customer)).find((entry) => JSON.stringify(entry.raw).includes("How may we help?")),
    );
    expect(raw).toMatchObject({
      message: {
        attachment: {
          payload: {
            buttons: [
              { type: "web_url", title: "Shop", url: "https://shop.example/" },
              { type: "postback", title: "Ask a person", payload: "PERSON" },
            ],
          },
        },
      },
    });
  });

  test("says more of a person and a conversation, and takes it back", async () => {
    const users = new SunshineConversations.UsersApi(client());
    const { messages } = await new SunshineConversations.MessagesApi(client()).listMessages(appId, conversationId);
    const { userId } = messages[0].author;
    await users.updateUser(appId, userId, { metadata: { vip: true, tier: "gold" }, profile: { surname: "Lima" } });
    const { user } = await users.updateUser(appId, userId, { metadata: { tier: "blue" } });
    expect(user).toMatchObject({ metadata: { vip: true, tier: "blue" }, profile: { surname: "Lima" } });

    const conversations = new SunshineConversations.ConversationsApi(client());
    const named = { displayName: "Order 7", metadata: { order: 7 } };
    await conversations.updateConversation(appId, conversationId, named);
    await conversations.updateConversation(appId, conversationId, { displayName: null });
    const { conversation } = await conversations.getConversation(appId, conversationId);
    expect(conversation).toMatchObject({ displayName: null, metadata: { order: 7 } });
  });

  test("sees who takes part and through which account", async () => {
    const { participants } = await new SunshineConversations.ParticipantsApi(client()).listParticipants(
      appId,
      conversationId,
    );
    expect(participants).toHaveLength(1);
    const { clients } = await new SunshineConversations.ClientsApi(client()).listClients(appId, participants[0].userId);
    expect(clients).toMatchObject([
      { type: "instagram", externalId: customer.igsid, integrationId: publicId(live.shop.channelId) },
    ]);
  });

  test("shows the customer that the business types and has read", async () => {
    const fresh = await live.newCustomer("Anyone there?");
    const activities = new SunshineConversations.ActivitiesApi(client());
    const id = publicId(fresh.conversationId);
    await activities.postActivity(appId, id, { author: { type: "business" }, type: "typing:start" });
    await activities.postActivity(appId, id, { author: { type: "business" }, type: "conversation:read" });
    await until("Instagram is told of both", async () => {
      const told = await live.signals(fresh);
      return told.includes("typing_on") && told.includes("mark_seen");
    });
    await activities.postActivity(appId, id, { author: { type: "business" }, type: "typing:stop" });
    await until("Instagram is told of the end", async () => (await live.signals(fresh)).includes("typing_off"));
    const { participants } = await new SunshineConversations.ParticipantsApi(client()).listParticipants(appId, id);
    const { userId } = participants[0];
    await activities.postActivity(appId, id, { author: { type: "user", userId }, type: "conversation:read" });
    const other = { type: "user", userId: "0".repeat(24) };
    await expect(
      activities.postActivity(appId, id, { author: other, type: "conversation:read" }),
    ).rejects.toMatchObject({ status: 404, body: { errors: [{ code: "user_not_found" }] } });
  });

  test("sends files from their addresses, a picture with words under it; what Instagram does not take is refused", async () => {
    const kinds = [
      { path: "/sun.gif", type: "image", file: gif(), as: "image" },
      { path: "/note.wav", type: "file", file: wav(), as: "audio" },
      { path: "/kiln.mp4", type: "file", file: mp4(), as: "video" },
      { path: "/prices.pdf", type: "file", file: pdf(), as: "file" },
    ];
    const files = createServer((request, response) => {
      const file = request.url === "/mug.png" ? png() : kinds.find(({ path }) => path === request.url)?.file;
      if (file) response.writeHead(200, { "content-type": file.type }).end(file.bytes);
      else if (request.url === "/moved") response.writeHead(302, { location: "/mug.png" }).end();
      else if (request.url === "/page") response.writeHead(200, { "content-type": "image/png" }).end("<html>");
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
    const address = files.address();
    const at = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    const messages = new SunshineConversations.MessagesApi(client());
    const send = (mediaUrl: string) =>
      messages.postMessage(appId, conversationId, {
        author: business,
        content: { type: "image", mediaUrl, text: "The blue one" },
      });
    try {
      const answered = await send(`${at}/mug.png`);
      expect(answered.messages[0].content).toMatchObject({ type: "image", mediaUrl: `${at}/mug.png` });
      await reachesInstagram("The blue one");
      expect((await live.ledger(customer)).slice(-2).map(({ kind }) => kind)).toEqual(["image", "text"]);
      const listed = await messages.listMessages(appId, conversationId);
      expect(listed.messages.filter(({ id }: { id: string }) => id === answered.messages[0].id)).toHaveLength(1);
      expect(listed.messages.at(-1).content).toMatchObject({ type: "image", text: "The blue one" });
      for (const { path, type } of kinds) {
        await messages.postMessage(appId, conversationId, { author: business, content: { type, mediaUrl: at + path } });
      }
      await until("every kind of file has reached Instagram", async () => {
        const told = (await live.ledger(customer)).slice(-kinds.length).map(({ kind }) => kind);
        return JSON.stringify(told) === JSON.stringify(kinds.map(({ as }) => as));
      });
      for (const bad of ["/moved", "/page", "/nothing"]) {
        await expect(send(at + bad)).rejects.toMatchObject({
          status: 400,
          body: { errors: [{ code: "bad_request" }] },
        });
      }
      await expect(send("http://169.254.169.254/latest")).rejects.toMatchObject({ status: 400 });
    } finally {
      files.close();
    }
  });

  test("is told by status and body what is wrong", async () => {
    const messages = new SunshineConversations.MessagesApi(client());
    await expect(
      messages.postMessage(appId, "0".repeat(24), { author: business, content: { type: "text", text: "x" } }),
    ).rejects.toMatchObject({ status: 404, body: { errors: [{ code: "conversation_not_found" }] } });
    const wrong = client({ ...key, secret: "wrong" });
    await expect(new SunshineConversations.AppsApi(wrong).getApp(appId)).rejects.toMatchObject({
      status: 401,
      body: { errors: [{ code: "unauthorized" }] },
    });
  });
});

describe("keys", () => {
  test("a token signed with the key's secret is as good as the secret, until it expires", async () => {
    const token = (claims: object, secret = key.secret, alg = "HS256") =>
      new SignJWT({ scope: "app", ...claims })
        .setProtectedHeader({ alg, typ: "JWT", kid: key.id })
        .sign(Buffer.from(secret));
    const status = async (bearer: string) =>
      (await fetch(`${live.url}/v2/apps/${appId}`, { headers: { authorization: `Bearer ${bearer}` } })).status;
    expect(await status(await token({}))).toBe(200);
    expect(await status(await token({ exp: Math.floor(Date.now() / 1000) - 10 }))).toBe(401);
    expect(await status(await token({ scope: "account" }))).toBe(401);
    expect(await status(await token({}, "another secret"))).toBe(401);
    expect(await status(await token({}, key.secret, "HS512"))).toBe(401);
    const [, payload] = (await token({})).split(".");
    const unsigned = Buffer.from(JSON.stringify({ alg: "none", kid: key.id })).toString("base64url");
    expect(await status(`${unsigned}.${payload}.`)).toBe(401);
    const strange = Buffer.from(JSON.stringify({ alg: "HS256", kid: { toString: 1 } })).toString("base64url");
    expect(await status(`${strange}.${payload}.x`)).toBe(401);
  });

  test("one that is revoked while a request comes in does nothing any more", async () => {
    const made = await newKey(true);
    const body = JSON.stringify({ author: business, content: { type: "text", text: "Too late" } });
    const { hostname, port } = new URL(live.url);
    const status = new Promise((answered, fail) => {
      const slow = request({
        hostname,
        port,
        method: "POST",
        path: `/v2/apps/${appId}/conversations/${conversationId}/messages`,
        headers: {
          authorization: `Basic ${Buffer.from(`${made.id}:${made.secret}`).toString("base64")}`,
          "content-type": "application/json",
          "content-length": body.length,
          expect: "100-continue",
        },
      });
      slow.on("response", (response) => answered(response.statusCode)).on("error", fail);
      slow.on("continue", () => {
        revokeApiKey(live.desk.db, { workspaceId: live.shop.workspaceId, id: made.id }).then(
          () => slow.end(body),
          fail,
        );
      });
      slow.flushHeaders();
    });
    expect(await status).toBe(401);
    expect((await live.messages(customer)).some(({ text }) => text === "Too late")).toBe(false);
  });

  test("another workspace looks like none", async () => {
    const others = await live.addShop("Ingrid Berg", "Fjord Knits");
    const foreign = await newKey(true, others.workspaceId);
    const absent = await call("", { as: foreign });
    expect(absent).toMatchObject({
      status: 404,
      json: { errors: [{ code: "app_not_found", title: "App not found" }] },
    });
  });
});

describe("a message in Instagram's own form", () => {
  const send = (payload: object, headers = {}) =>
    call(`/conversations/${conversationId}/messages`, {
      method: "POST",
      headers,
      body: JSON.stringify({
        author: business,
        content: { type: "text", text: "For other channels" },
        override: { instagram: { payload }, messenger: { payload: { message: { text: "no" } } } },
      }),
    });
  const quick = { content_type: "text", title: "Home", payload: "HOME" };

  test("is sent in place of the content, once however often it is asked for, and stands in the inbox", async () => {
    const message = { text: "Your address?", quick_replies: [quick] };
    const key = { "idempotency-key": "raw-1" };
    const [first, again] = [await send({ message }, key), await send({ message }, key)];
    expect([first.status, again.status, again.json.messages[0].id]).toEqual([201, 201, first.json.messages[0].id]);
    expect((await send({ message: { text: "Another?" } }, key)).status).toBe(409);
    expect((await reachesInstagram("Your address?")).raw).toMatchObject({
      recipient: { id: customer.igsid },
      message,
      messaging_type: "RESPONSE",
    });
    const elements = [{ title: "Raw bowl", buttons: [{ type: "postback", title: "Take it", payload: "TAKE" }] }];
    const attachment = { type: "template", payload: { template_type: "generic", elements } };
    await send({ message: { attachment } });
    const cards = await until("the cards are sent", async () =>
      (await live.messages(customer)).find((row) => row.cards[0]?.title === "Raw bowl" && row.state === "sent"),
    );
    expect(cards.cards[0]?.buttons).toEqual([{ title: "Take it", payload: "TAKE" }]);
    await live.emulator.get("/_control/idle");
    const rows = await live.messages(customer);
    expect(rows.filter((row) => row.text === "Your address?" || row.cards[0]?.title === "Raw bowl")).toHaveLength(2);
    expect((await live.ledger(customer)).filter(({ text }) => text === "Your address?")).toHaveLength(1);
  });

  test.each([
    [{ message: { text: "x" }, tag: "HUMAN_AGENT" }, "payload.tag"],
    [{ message: { text: "x" }, recipient: { id: "1" } }, "payload.recipient"],
    [{ message: { text: "x" }, messaging_type: "UPDATE" }, "payload.messaging_type"],
    [{ message: { text: "x", colour: 1 } }, "payload.message.colour"],
    [{ message: { text: "\u00fc".repeat(501) } }, "payload.message.text"],
    [{ message: { text: "x", quick_replies: Array(14).fill(quick) } }, "payload.message.quick_replies"],
    [{ message: { text: "x", attachment: { type: "like_heart" } } }, "payload.message"],
    [{ message: { attachment: { type: "dance" } } }, "payload.message.attachment.type"],
    [{ message: {} }, "payload.message"],
    [{}, "payload.message"],
  ])("%j is refused and names %s", async (payload, field) => {
    const { status, json } = await send(payload);
    expect([status, json.errors[0].title]).toEqual([400, expect.stringContaining(`override.instagram.${field}`)]);
  });
});

describe("the destination of a message", () => {
  const send = (text: string, destination: object) =>
    call(`/conversations/${conversationId}/messages`, {
      method: "POST",
      body: JSON.stringify({ author: business, content: { type: "text", text }, destination }),
    });

  test("is the account that the person wrote to; nothing else is sent to, and the refusal says why", async () => {
    const integrationId = publicId(live.shop.channelId);
    expect((await send("By its type", { integrationType: "instagram" })).status).toBe(201);
    expect((await send("By its id", { integrationId })).status).toBe(201);
    await reachesInstagram("By its id");
    for (const [destination, field] of [
      [{ integrationId: "0".repeat(24) }, "destination.integrationId"],
      [{ integrationType: "whatsapp" }, "destination.integrationType"],
      [{ integrationType: "none" }, "destination.integrationType"],
      [{}, "destination"],
      [{ integrationId, integrationType: "instagram" }, "destination"],
    ] as const) {
      const { status, json } = await send("Never sent", destination);
      expect([status, json.errors[0].code, json.errors[0].title]).toEqual([
        400,
        "bad_request",
        expect.stringMatching(new RegExp(`^${field}:`)),
      ]);
    }
    expect((await live.messages(customer)).some(({ text }) => text === "Never sent")).toBe(false);
  });
});

describe("after 24 hours", () => {
  test("complaint 38: a key that people write through carries the tag; a bot's message fails and says why", async () => {
    const bot = await newKey(false);
    await live.advance(25 * 60 * 60 * 1000);
    const send = (text: string, as: typeof key, author: object = business) =>
      call(`/conversations/${conversationId}/messages`, {
        method: "POST",
        as,
        body: JSON.stringify({ author, content: { type: "text", text } }),
      });
    expect((await send("A person answers", key)).status).toBe(201);
    expect(await reachesInstagram("A person answers")).toMatchObject({ tag: "HUMAN_AGENT" });
    expect((await send("A bot answers", bot)).status).toBe(201);
    const failed = await until("the bot's message fails", async () =>
      (await live.messages(customer)).find(({ text, state }) => text === "A bot answers" && state === "failed"),
    );
    expect(failed.failure?.code).toBe("people_only");
    expect((await live.ledger(customer)).some(({ text }) => text === "A bot answers")).toBe(false);
    expect((await send("A model answers", key, { ...business, subtypes: ["AI"] })).status).toBe(201);
    const refused = await until("the model's message fails", async () =>
      (await live.messages(customer)).find(({ text, state }) => text === "A model answers" && state === "failed"),
    );
    expect(refused.failure?.code).toBe("people_only");
  });
});

describe("a request that is repeated", () => {
  const post = (idempotencyKey: string, text: string) =>
    call(`/conversations/${conversationId}/messages`, {
      method: "POST",
      headers: { "idempotency-key": idempotencyKey },
      body: JSON.stringify({ author: business, content: { type: "text", text }, metadata: { order: 7 } }),
    });

  test("with the same key is the same message, with other words a conflict", async () => {
    const first = await post("order-7", "Sent once");
    expect(first.status).toBe(201);
    const again = await post("order-7", "Sent once");
    expect([again.status, again.json.messages[0].id]).toEqual([201, first.json.messages[0].id]);
    expect((await post("order-7", "Other words")).status).toBe(409);
    expect((await post("order 7", "x")).json.errors[0].title).toContain("Idempotency-Key");
    await reachesInstagram("Sent once");
    expect((await live.ledger(customer)).filter(({ text }) => text === "Sent once")).toHaveLength(1);
  });

  test("many times at once is one message, also with a file and with a number that JSON does not keep", async () => {
    const other = publicId((await live.newCustomer("A picture, please")).conversationId);
    const form = new FormData();
    form.append("source", new Blob([new Uint8Array(png().bytes)], { type: "image/png" }), "mug.png");
    const uploaded = await call("/attachments?access=public", { method: "POST", body: form });
    const content = { type: "image", mediaUrl: uploaded.json.attachment.mediaUrl };
    const body = JSON.stringify({ author: business, content, metadata: { balance: 0 } }).replace(":0}", ":-0}");
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        call(`/conversations/${other}/messages`, { method: "POST", headers: { "idempotency-key": "picture-1" }, body }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
    expect(new Set(answers.map(({ json }) => json.messages[0].id)).size).toBe(1);
  });
});

const item = { title: "Mug", actions: [{ type: "link", text: "Buy", uri: "https://shop.example/" }] };

describe("what cannot be meant", () => {
  test.each([
    [{ author: business }, "content"],
    [{ author: business, content: { type: "text", text: "x".repeat(4097) } }, "content.text"],
    [{ author: business, content: { type: "carousel", items: [] } }, "content.items"],
    [{ author: business, content: { type: "text", text: ["a"] } }, "content.text"],
    [{ author: business, content: { type: "text", text: "a" }, metadata: { a: { b: 1 } } }, "metadata"],
    [{ author: business, content: { type: "text", text: "a" }, colour: "red" }, "colour"],
    [{ author: business, content: { type: "text", text: "a", colour: "red" } }, "colour"],
    [{ author: business, content: { type: "text", text: "a" }, metadata: ["a"] }, "metadata"],
    [{ author: business, content: { type: "text", text: "a" }, metadata: { a: "x".repeat(4097) } }, "metadata"],
    [{ author: business, content: { type: "carousel", items: Array(11).fill(item) } }, "content.items"],
    [
      { author: business, content: { type: "carousel", items: [{ ...item, title: "x".repeat(129) }] } },
      "items.0.title",
    ],
    [{ author: business, content: { type: "text", text: "a", actions: Array(11).fill(item.actions[0]) } }, "actions"],
    [{ author: business, content: { type: "text", text: "a", actions: [{ type: "dance", text: "x" }] } }, "actions.0"],
    [{ author: business, content: { type: "image", mediaUrl: "javascript:alert(1)" } }, "content.mediaUrl"],
    [[], "body"],
    [{ author: { type: "nobody" }, content: { type: "text", text: "a" } }, "author.type"],
  ])("%j is refused and names %s", async (body, field) => {
    const { status, json } = await call(`/conversations/${conversationId}/messages`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    expect(status).toBe(400);
    expect(json.errors[0].code).toBe("bad_request");
    expect(json.errors[0].title).toContain(field);
  });

  test("bodies that are too large, broken or of another type", async () => {
    const post = (body: string, headers = {}) =>
      call(`/conversations/${conversationId}/messages`, { method: "POST", body, headers });
    expect((await post(JSON.stringify({ text: "x".repeat(110_000) }))).status).toBe(413);
    expect((await post("{")).status).toBe(400);
    for (const type of ["application/x-www-form-urlencoded", "application/json-patch+json"])
      expect((await post("{}", { "content-type": type })).status).toBe(415);
    expect((await post("{}", { "content-encoding": "gzip" })).status).toBe(415);
  });

  test("paths, methods and pages that do not exist", async () => {
    expect((await call("/nothing")).status).toBe(404);
    const wrongMethod = await call(`/conversations/${conversationId}`, { method: "PUT" });
    expect([wrongMethod.status, wrongMethod.headers.get("allow")]).toEqual([405, "DELETE, GET, PATCH"]);
    expect((await call("/conversations")).status).toBe(400);
    expect((await call(`/conversations/${conversationId}/messages?page[before]=${"0".repeat(24)}`)).status).toBe(400);
    expect((await call(`/conversations/${conversationId}/messages?page=nonsense`)).status).toBe(400);
    const odd = encodeURIComponent('{"size":{"toString":1}}');
    expect((await call(`/conversations/${conversationId}/messages?page=${odd}`)).status).toBe(400);
    const size = await call("/integrations?page[size]=101");
    expect([size.status, size.json.errors[0].title]).toEqual([400, expect.stringContaining("page.size")]);
  });
});

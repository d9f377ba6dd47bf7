import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { processHandles } from "@/lib/process-handles";
import { API_ANSWERS } from "@/server/api/api-answers";
import { createApiDoor } from "@/server/doors/api-v2";
import { type DeskFixture, openDesk } from "./desk-fixture";
import { png } from "./files";
import { GOOD_BODIES } from "./good-bodies";
import { hostileBodies } from "./hostile-requests";
import { useSettings } from "./settings";
import { absentIds, everythingOf, type Furnished, furnishWorkspace, type Ids } from "./two-workspaces";

/** Every operation of the public API with every id: no key, the wrong scope, another workspace's ids. */
let desk: DeskFixture;
let we: Furnished;
let others: Furnished;
let server: Server;
let url: string;
let ours: string;
let bot: string;
let account: string;

const ROUTES = API_ANSWERS.map(({ route }) => route);

beforeAll(async () => {
  useSettings();
  desk = await openDesk();
  we = await furnishWorkspace(desk, "17841500000000001");
  others = await furnishWorkspace(desk, "17841500000000002");
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openDesk comes first");
  const key = { workspaceId: we.workspaceId, name: "Test", people: true, createdBy: null };
  ours = header(await createApiKey(desk.db, keyring, { ...key, scope: "app" }));
  const { integrationId } = we.ids;
  bot = header(await createApiKey(desk.db, keyring, { ...key, scope: "integration", integrationId }));
  account = header(
    await createApiKey(desk.db, keyring, { name: "Test", people: true, createdBy: null, scope: "account" }),
  );
  const door = createApiDoor({ pool: desk.pool, keyring, appUrl: "http://localhost:3000" });
  server = createServer((request, response) => void door(request, response, new URL(request.url ?? "", "http://x")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
});
afterAll(async () => {
  server.close();
  await desk.close();
});

function header({ id, secret }: { id: string; secret: string }): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
}

/** A body that the operation takes, so that nothing but the ids can be what is wrong. */
const BODIES: Record<string, object | ((ids: Ids) => object)> = {
  PostMessage: { author: { type: "business" }, content: { type: "text", text: "x" } },
  UpdateUser: { metadata: { x: 1 } },
  UpdateConversation: { metadata: { x: 1 } },
  PostActivity: { author: { type: "business" }, type: "conversation:read" },
  CreateIntegration: { type: "custom", webhooks: [{ target: "https://hooks.example.com", triggers: ["*"] }] },
  CreateWebhook: { target: "https://hooks.example.com", triggers: ["*"] },
  UpdateWebhook: { triggers: ["*"] },
  CreateApp: { displayName: "x" },
  UpdateApp: { displayName: "x" },
  CreateAppKey: { displayName: "x" },
  CreateCustomIntegrationKey: { displayName: "x" },
  UpdateIntegration: { displayName: "x" },
  CreateUser: { externalId: "nobody" },
  CreateClient: {},
  CreateConversation: ({ contactId }: Ids) => ({ type: "personal", participants: [{ userId: publicId(contactId) }] }),
  JoinConversation: { userExternalId: "x" },
  LeaveConversation: {},
  UpdateSwitchboard: { enabled: true },
  CreateSwitchboardIntegration: { name: "x", integrationType: "replydesk:inbox" },
  UpdateSwitchboardIntegration: { name: "x" },
  PassControl: ({ responderId }: Ids) => ({ switchboardIntegration: publicId(responderId) }),
  OfferControl: { switchboardIntegration: "inbox" },
  AcceptControl: {},
  ReleaseControl: {},
  DeleteAttachment: ({ attachmentToken }: Ids) => ({
    mediaUrl: `http://localhost:3000/attachments/${attachmentToken}`,
  }),
};

const FILTERS: Record<string, (ids: Ids) => string> = {
  UploadAttachment: ({ conversationId }) => `?access=public&conversationId=${publicId(conversationId)}`,
  ListUsers: () => "?filter[identities.email]=x",
  ListConversations: ({ contactId }) => `?filter[userId]=${publicId(contactId)}`,
};

function pathOf(route: (typeof ROUTES)[number], appId: string, ids: Ids): string {
  const known: Record<string, string> = {
    appId,
    conversationId: ids.conversationId,
    userIdOrExternalId: ids.contactId,
    integrationId: ids.integrationId,
    webhookId: ids.webhookId,
    messageId: ids.messageId,
    clientId: ids.contactId,
    deviceId: ids.contactId,
    keyId: ids.contactId,
    switchboardId: ids.switchboardId,
    switchboardIntegrationId: ids.responderId,
  };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = known[name];
    if (!id) throw new Error(`No id is known for {${name}}.`);
    return publicId(id);
  });
  return path + (FILTERS[route.operation]?.(ids) ?? "");
}

async function call(route: (typeof ROUTES)[number], appId: string, ids: Ids, authorization?: string) {
  const given = BODIES[route.operation];
  const json = route.body && JSON.stringify(typeof given === "function" ? given(ids) : given);
  const body = route.takesFile ? fileForm() : json;
  const response = await fetch(url + pathOf(route, appId, ids), {
    method: route.method,
    headers: { ...(authorization && { authorization }), ...(json && { "content-type": "application/json" }) },
    ...(body && { body }),
  });
  return { status: response.status, text: await response.text() };
}

function fileForm(): FormData {
  const form = new FormData();
  form.set("source", new Blob([new Uint8Array(png().bytes)]), "bowl.png");
  return form;
}

/** What ids the path, the query or the body of an operation hold beside the workspace's. */
function namesMore({ path, operation }: (typeof ROUTES)[number]): boolean {
  return (
    /\{(?!appId)/.test(path) ||
    (FILTERS[operation] !== undefined && operation !== "ListUsers") ||
    typeof BODIES[operation] === "function"
  );
}

describe.each(ROUTES.map((route) => [`${route.operation} ${route.method} ${route.path}`, route] as const))(
  "%s",
  (_name, route) => {
    test("without a key, and with one that does not work: 401", async () => {
      expect((await call(route, we.workspaceId, we.ids)).status).toBe(401);
      const broken = header({ id: `app_${"0".repeat(24)}`, secret: "x" });
      expect((await call(route, we.workspaceId, we.ids, broken)).status).toBe(401);
    });

    if (!route.scopes.includes("integration")) {
      test("with another scope: 403", async () => {
        expect((await call(route, we.workspaceId, we.ids, bot)).status).toBe(403);
      });
    }

    if (route.scopes.includes("app")) {
      test("another workspace by its own id: 404 like an absent one, and no effect", async () => {
        const before = await everythingOf(desk, others.workspaceId);
        const theirs = await call(route, others.workspaceId, others.ids, ours);
        expect(theirs).toEqual(await call(route, absentIds().workspaceId, absentIds(), ours));
        expect(theirs.status).toBe(404);
        expect(await everythingOf(desk, others.workspaceId)).toEqual(before);
      });
    }

    if (namesMore(route)) {
      test("another workspace by ids in it: 404 like an absent one, and no effect", async () => {
        const before = await everythingOf(desk, others.workspaceId);
        const by = route.scopes.includes("app") ? ours : account;
        const inside = await call(route, we.workspaceId, others.ids, by);
        expect(inside).toEqual(await call(route, we.workspaceId, absentIds(), by));
        expect(inside.status).toBe(404);
        expect(await everythingOf(desk, others.workspaceId)).toEqual(before);
      });
    }
  },
);

/** On a busy machine. */
const HUNDREDS_OF_REQUESTS_MS = 180_000;

describe("what cannot be meant is refused and named", () => {
  const WITH_BODY = ROUTES.filter(({ body, operation }) => body && operation !== "CreateClient");

  test.each(WITH_BODY.map((route) => [route.operation, route] as const))(
    "in bodies of %s",
    async (operation, route) => {
      const good = GOOD_BODIES[operation] ?? [];
      expect(good.length, "good bodies to spoil").toBeGreaterThan(0);
      const authorization = route.scopes.includes("app") ? ours : account;
      const path = pathOf(route, we.workspaceId, we.ids);
      for (const body of good) {
        expect(route.body?.safeParse(body).error?.issues ?? []).toEqual([]);
        for (const hostile of hostileBodies(body)) {
          const { status, errors } = await ask(route.method, path, authorization, hostile.body);
          const what = `${hostile.what} as ${hostile.field}: ${JSON.stringify(errors)}`;
          expect(status, what).toBe(400);
          expect(errors?.every(({ code }) => code === "bad_request")).toBe(true);
          expect(errors?.map(({ title }) => title).join("\n"), what).toContain(hostile.field);
        }
      }
    },
    HUNDREDS_OF_REQUESTS_MS,
  );

  test.each(ROUTES.map((route) => [route.operation, route] as const))("in the query of %s", async (_name, route) => {
    const authorization = route.scopes.includes("app") ? ours : account;
    const path = pathOf(route, we.workspaceId, we.ids);
    const given = BODIES[route.operation];
    const body = route.body && (typeof given === "function" ? given(we.ids) : given);
    const refused: [string, string][] = [["colour=red", "colour"]];
    const { properties = {} } = (route.query ? z.toJSONSchema(route.query, { io: "input" }) : {}) as {
      properties?: Record<string, object>;
    };
    if (properties.filter) refused.push(["filter[colour]=red", "filter.colour"]);
    if (properties.page)
      refused.push(
        ["page[colour]=red", "page.colour"],
        ["page[after]=x", "page.after"],
        ["page[before]=%00", "page.before"],
        [`page[after]=${publicId(we.ids.messageId)}&page[before]=${publicId(we.ids.messageId)}`, "page"],
        ["page=[]", "page"],
      );
    if (properties.page && route.operation !== "ListMessages")
      refused.push(["page[size]=101", "page.size"], ["page[size]=0", "page.size"], ["page[size]=x", "page.size"]);
    for (const [query, field] of refused) {
      const url = `${path}${path.includes("?") ? "&" : "?"}${query}`;
      const { status, errors } = await ask(route.method, url, authorization, body);
      expect([status, errors?.[0]?.code], query).toEqual([400, "bad_request"]);
      expect(errors?.map(({ title }) => title).join("\n")).toContain(field);
    }
  });

  test("in paths: no id brings the desk into trouble", async () => {
    const parameters = ROUTES.flatMap((route) =>
      [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => ({ route, match })),
    );
    for (const { route, match } of parameters) {
      for (const bad of ["%00", "x", "%ff", "0".repeat(24), "9".repeat(2000), "..%2f..", "%F0%9F%92%A9"]) {
        const whole = pathOf(route, we.workspaceId, we.ids);
        const parts = whole.split("?")[0]?.split("/") ?? [];
        parts[route.path.split("/").indexOf(match[0])] = bad;
        const authorization = route.scopes.includes("app") ? ours : account;
        const given = BODIES[route.operation];
        const body = route.body && (typeof given === "function" ? given(we.ids) : given);
        const { status } = await ask(route.method, parts.join("/"), authorization, body);
        expect([400, 403, 404, 415], `${bad} as ${match[0]} of ${route.operation}`).toContain(status);
      }
    }
  });

  test("JSON where a file is due, and forms where JSON is", async () => {
    for (const route of ROUTES.filter(({ body, takesFile }) => body || takesFile)) {
      const authorization = route.scopes.includes("app") ? ours : account;
      const response = await fetch(url + pathOf(route, we.workspaceId, we.ids), {
        method: route.method,
        headers: { authorization, "content-type": route.takesFile ? "application/json" : "text/plain" },
        body: "{}",
      });
      const { errors } = (await response.json()) as Refused;
      expect([response.status, errors?.[0]?.code], route.operation).toEqual([415, "unsupported_media_type"]);
      expect(errors?.[0]?.title).toContain(route.takesFile ? "source" : "application/json");
    }
  });
});

type Refused = { errors?: { code: string; title: string }[] };

async function ask(method: string, path: string, authorization: string, body?: unknown) {
  const json = body === undefined ? null : JSON.stringify(body);
  const response = await fetch(url + path, {
    method,
    headers: { authorization, ...(json !== null && { "content-type": "application/json" }) },
    ...(json !== null && { body: json }),
  });
  return { status: response.status, errors: ((await response.json()) as Refused).errors };
}

test("the specification is public and names every operation of the table", async () => {
  const response = await fetch(`${url}/v2/openapi.json`);
  expect(response.status).toBe(200);
  const { openapi, paths } = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  expect(openapi).toBe("3.1.0");
  const named = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  expect(named.sort()).toEqual(ROUTES.map(({ operation }) => operation).sort());
});

test("the reference page is public, at both mounts, and runs nothing but its own lines", async () => {
  for (const mount of ["", "/sc"]) {
    const response = await fetch(`${url}${mount}/v2/docs`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    const page = await response.text();
    expect(page).toContain(`href="http://localhost:3000${mount}/v2/openapi.json"`);
    for (const [, kind, own = ""] of page.matchAll(/<(script|style)>(.*?)<\/\1>/gs))
      expect(policy).toContain(`${kind}-src 'sha256-${createHash("sha256").update(own).digest("base64")}'`);
  }
  expect((await fetch(`${url}/v2/docs`, { method: "HEAD" })).status).toBe(200);
  expect((await fetch(`${url}/v2/docs`, { method: "POST" })).status).toBe(401);
});

test("a key that asks too much is told when it may ask again; others are served", async () => {
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openDesk comes first");
  const options = { pool: desk.pool, keyring, appUrl: "http://localhost:3000", requestsPerMinute: 2 };
  const door = createApiDoor(options);
  const narrow = createServer(
    (request, response) => void door(request, response, new URL(request.url ?? "", "http://x")),
  );
  await new Promise<void>((resolve) => narrow.listen(0, "127.0.0.1", resolve));
  const at = narrow.address();
  const ask = (authorization: string) =>
    fetch(`http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}/v2/apps/${publicId(we.workspaceId)}`, {
      headers: { authorization },
    });
  try {
    expect((await ask(ours)).headers.get("ratelimit-remaining")).toBe("1");
    expect((await ask(ours)).status).toBe(200);
    const refused = await ask(ours);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await refused.json()).errors[0].code).toBe("too_many_requests");
    expect((await ask(account)).status).toBe(200);
  } finally {
    narrow.close();
  }
});

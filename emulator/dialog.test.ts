import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_ID, CONNECT_SCOPES, type Json, REDIRECT_URI, TestClient } from "./test-client";

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(() => client.control("/reset", {}));
afterAll(() => client.close());

test("approving leads back with a code, the state and nothing else", async () => {
  const page = await client.openDialog("Nora Keller");
  expect(page.scopes).toEqual(CONNECT_SCOPES.split(","));
  expect(page.pages.length).toBeGreaterThanOrEqual(32);
  const target = await page.answer("continue");
  expect(`${target.origin}${target.pathname}`).toBe(REDIRECT_URI);
  expect([...target.searchParams.keys()]).toEqual(["code", "state"]);
  expect(target.searchParams.get("state")).toBe("state-1");
});

test("cancelling leads back with Facebook's denial", async () => {
  const target = await (await client.openDialog("Nora Keller")).answer("cancel");
  expect(target.search).toBe(
    "?error=access_denied&error_code=200&error_description=Permissions+error&error_reason=user_denied&state=state-1",
  );
  expect((await client.control("/grants")).grants).toEqual([]);
});

test("signing in asks for no Pages", async () => {
  const page = await client.openDialog("Tomás Silva", client.dialogUrl("public_profile,email"));
  expect(page.scopes).toEqual(["public_profile", "email"]);
  expect(page.pages).toEqual([]);
  expect(page.html).not.toContain("Pages");
});

test("what was declined is not offered again without rerequest", async () => {
  const first = await client.openDialog("Nora Keller");
  await first.answer("continue", ["instagram_manage_messages", "Olive Row"]);

  const again = await client.openDialog("Nora Keller");
  expect(again.scopes).toEqual([]);
  expect(again.html).toContain("You previously logged in");
  await again.answer("continue");
  expect(await declined()).toEqual(["instagram_manage_messages"]);

  const rerequest = await client.openDialog(
    "Nora Keller",
    client.dialogUrl(CONNECT_SCOPES, { auth_type: "rerequest" }),
  );
  expect(rerequest.scopes).toEqual(["instagram_manage_messages"]);
  expect(rerequest.pages).toEqual([]);
  await rerequest.answer("continue");
  expect(await declined()).toEqual([]);
});

test("Pages are opened again only through Edit previous settings", async () => {
  await (await client.openDialog("Nora Keller")).answer("continue", ["Olive Row"]);
  const again = await client.openDialog("Nora Keller", client.dialogUrl(CONNECT_SCOPES, { auth_type: "rerequest" }));
  expect(again.pages).toEqual([]);
  const edit = await again.edit();
  expect(edit.pages).toContain("Olive Row");
  expect(edit.ticked).not.toContain("Olive Row");
  expect(edit.ticked).toContain("Nora Ceramics");
});

test("connecting after signing in asks only for what is new, and for Pages", async () => {
  await (await client.openDialog("Nora Keller", client.dialogUrl("public_profile,email"))).answer("continue");
  const page = await client.openDialog("Nora Keller");
  expect(page.scopes).not.toContain("email");
  expect(page.scopes).toContain("instagram_manage_messages");
  expect(page.pages).toContain("Nora Ceramics");
});

test("public_profile cannot be unticked", async () => {
  await (await client.openDialog("Nora Keller")).answer("continue", ["public_profile"]);
  expect(await declined()).toEqual([]);
});

test("unknown permissions, foreign redirect addresses and unknown apps end on Facebook's page", async () => {
  const refused = async (url: string) => {
    const answer = await fetch(url, { redirect: "manual" });
    expect(answer.status).toBe(400);
    return answer.text();
  };
  expect(await refused(client.dialogUrl("email,manage_pages,human_agent"))).toContain(
    "Invalid Scopes: manage_pages, human_agent",
  );
  expect(await refused(client.dialogUrl("email", { redirect_uri: `${REDIRECT_URI}/` }))).toContain("URL Blocked");
  expect(await refused(client.dialogUrl("email", { client_id: "999" }))).toContain("Invalid App ID");
});

test("the Business Integrations page edits and removes an app", async () => {
  const token = await client.login("Nora Keller", CONNECT_SCOPES, ["instagram_manage_messages"]);
  const cookie = `emulator_person=${(await client.control("/people")).people[0].id}`;
  const page = `${client.running.url}/facebook/business-integrations`;
  const html = await (await fetch(page, { headers: { cookie } })).text();
  expect(html).toMatch(/aria-label="email" checked/);
  expect(html).toMatch(/aria-label="instagram_manage_messages">/);

  const save = new URLSearchParams({ app: APP_ID, decision: "save" });
  for (const scope of ["public_profile", "instagram_manage_messages"]) save.append("scope", scope);
  await fetch(page, { method: "POST", headers: { cookie }, body: save });
  const listed = await client.graph("/me/permissions", token);
  expect(listed.body.data).toContainEqual({ permission: "instagram_manage_messages", status: "granted" });
  expect(listed.body.data).toContainEqual({ permission: "email", status: "declined" });
  expect((await client.graph("/me/accounts", token)).body).toEqual({ data: [] });

  await fetch(page, {
    method: "POST",
    headers: { cookie },
    body: new URLSearchParams({ app: APP_ID, decision: "remove" }),
  });
  expect((await client.graph("/me", token)).body.error).toMatchObject({ code: 190, error_subcode: 458 });
  expect((await client.openDialog("Nora Keller")).scopes).toEqual(CONNECT_SCOPES.split(","));
});

async function declined(): Promise<string[]> {
  return (await client.control("/grants")).grants.flatMap((grant: Json) => grant.declined);
}

import { expect, test } from "vitest";
import { type ConnectFacts, connectObstacle } from "./connect-obstacles";
import type { LoginPage } from "./page-node";

const page: LoginPage = {
  id: "1",
  name: "Fjord Knits",
  tasks: ["MESSAGING", "MODERATE"],
  account: { id: "17841", username: "fjord.knits", name: null, pictureUrl: null },
  otherAccount: null,
  token: "EAAtest",
  portfolio: null,
};

const facts: ConnectFacts = {
  personName: "Ingrid",
  missing: [],
  targets: new Map(),
  claims: new Map(),
  channelId: null,
};

const obstacle = (changes: Partial<LoginPage>, other: Partial<ConnectFacts> = {}) =>
  connectObstacle({ ...page, ...changes }, { ...facts, ...other });

test("a Page with everything can be connected, whichever family its tasks are of", () => {
  expect(obstacle({})).toBeNull();
  expect(obstacle({ tasks: ["PROFILE_PLUS_MESSAGING", "PROFILE_PLUS_MODERATE"] })).toBeNull();
  expect(obstacle({ tasks: ["PROFILE_PLUS_FULL_CONTROL"] })).toBeNull();
  expect(obstacle({ tasks: null })).toBeNull();
});

test("a Page that gives no key says who gives the role", () => {
  expect(obstacle({ token: null })).toMatch(/^Ingrid has no role on this Page\. .*“Page access”/);
  expect(obstacle({ token: null, account: null, tasks: null, portfolio: "Fjord Group" })).toMatch(
    /no role on this Page of the portfolio “Fjord Group”/,
  );
});

test("a personal account is named, instead of saying that there is none", () => {
  expect(obstacle({ account: null, otherAccount: "fjord.private" })).toMatch(
    /^@fjord\.private is linked .* no professional/,
  );
  expect(obstacle({ account: null })).toMatch(/^No Instagram professional account is linked/);
});

test("only the task that is missing is named", () => {
  expect(obstacle({ tasks: ["MESSAGING", "ANALYZE"] })).toMatch(/may not do “Community activity” on this Page/);
  expect(obstacle({ tasks: ["PROFILE_PLUS_MODERATE"] })).toMatch(/may not do “Messages” on this Page/);
});

test("an account that was not ticked in the dialog is not taken for a Page that was", () => {
  const targets = (scope: string, ids: string[]) => ({ targets: new Map([[scope, ids]]) });
  expect(obstacle({}, targets("instagram_manage_messages", ["17842"]))).toMatch(/not ticked/);
  expect(obstacle({}, targets("pages_messaging", ["2"]))).toMatch(/not ticked/);
  expect(obstacle({}, targets("instagram_basic", ["17841"]))).toBeNull();
  expect(obstacle({}, targets("business_management", ["9"]))).toBeNull();
});

test("a connection that is broken, or is to be reconnected, can be made again", () => {
  const claims = (state: "healthy" | "broken") => new Map([["17841", { by: "us" as const, channelId: "c", state }]]);
  expect(obstacle({}, { claims: claims("healthy") })).toBe("Already connected here.");
  expect(obstacle({}, { claims: claims("broken") })).toBeNull();
  expect(obstacle({}, { claims: claims("healthy"), channelId: "c" })).toBeNull();
  expect(obstacle({}, { claims: new Map([["17841", { by: "others" as const }]]), channelId: "c" })).toMatch(
    /another workspace/,
  );
});

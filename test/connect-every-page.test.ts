import { expect, test } from "vitest";
import { readChannel } from "@/lib/inbox/read-channel";
import { connectAccount } from "@/lib/meta/connect-account";
import { connectDesk } from "./connect-desk";

const kit = connectDesk();
const AGNES = { person: "Agnes Hart" };

test("complaint 25: 240 Pages over three businesses are listed, each one that cannot be chosen with its reason, and again on reconnect", async () => {
  await kit.emulator.call("/_control/agency", {});
  const { browser } = await kit.logIn(kit.owner, AGNES);
  const first = await kit.readChoices(kit.owner, browser);
  expect(first.choices).toHaveLength(240);
  expect(first).toMatchObject({ missing: [], untold: [], seesPortfolios: true });
  const refused = first.choices.filter(({ disabled }) => disabled);
  expect(refused.length).toBeGreaterThan(30);
  for (const { description } of refused) expect(description).toMatch(/Settings|settings|Page access/);
  const reasons = [
    /no role on this Page of the portfolio/,
    /is no professional account/,
    /No Instagram professional/,
    /MESSAGING/,
  ];
  for (const reason of reasons) expect(refused.some(({ description }) => reason.test(description))).toBe(true);

  const last = first.choices.filter(({ disabled, description }) => !disabled && description.endsWith(")")).at(-1);
  const { channelId } = await connectAccount(kit.owner, { browser, pageId: last?.pageId ?? "" });
  const again = await kit.logIn(kit.owner, AGNES, { channelId });
  const second = await kit.readChoices(kit.owner, again.browser);
  expect(second.choices).toHaveLength(240);
  expect(second.chosen).toBe(last?.pageId);
});

test("complaint 26: a portfolio that Facebook does not tell hides its own Pages alone, and is named", async () => {
  const made = (await kit.emulator.call("/_control/agency", {})) as { businesses: { id: string; name: string }[] };
  const broken = made.businesses.find(({ name }) => name === "Alpenglow Hotels");
  await kit.emulator.call("/_control/faults", {
    path: `/${broken?.id}/owned_pages`,
    kind: "error",
    code: 2,
    message: "Service temporarily unavailable",
    times: 5,
  });
  const { browser } = await kit.logIn(kit.owner, AGNES);
  const step = await kit.readChoices(kit.owner, browser);
  expect(step.untold).toEqual(["Alpenglow Hotels"]);
  expect(step.choices.length).toBeGreaterThan(200);
});

test("complaint 26: a Page of a portfolio that was ticked is found by its id although no list shows it", async () => {
  const { browser } = await kit.logIn(kit.owner, {
    person: "Nora Keller",
    pages: ["Keller Outlet"],
    untickScopes: ["business_management"],
  });
  const step = await kit.readChoices(kit.owner, browser);
  expect(kit.choice(step, "@keller.outlet")).toMatchObject({ disabled: false });
  const { pageId } = kit.choice(step, "@keller.outlet");
  const { channelId } = await connectAccount(kit.owner, { browser, pageId });
  expect(await readChannel(kit.owner, { channelId })).toMatchObject({ state: "healthy" });
});

test("Pages come in large pages, and in small ones when Graph finds those too much", async () => {
  await kit.emulator.call("/_control/agency", {});
  await kit.emulator.call("/_control/faults", {
    path: "/me/accounts",
    kind: "error",
    code: 1,
    message: "Please reduce the amount of data you're asking for, then retry your request",
    times: 2,
  });
  const { browser } = await kit.logIn(kit.owner, AGNES);
  expect((await kit.readChoices(kit.owner, browser)).choices).toHaveLength(240);
});

import { expect, test } from "@playwright/test";
import { type RunningDesk, startDesk } from "./start-desk";
import {
  accountId,
  agreeAtFacebook,
  becomeOwner,
  connectAccount,
  conversations,
  ledger,
  openBrowser,
  openConsent,
  openConversation,
  play,
  reply,
} from "./stories";

let desk: RunningDesk;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

test("a brand answers its first direct message, story reply and story mention", async ({ browser }) => {
  test.setTimeout(120_000);
  const owner = await openBrowser(browser);
  // The smallest laptop.
  await owner.page.setViewportSize({ width: 1280, height: 720 });
  await becomeOwner(owner.page, desk);
  await openConsent(owner.page, desk);
  await expect(owner.page.getByRole("button", { name: "Continue", exact: true })).toBeInViewport({ ratio: 1 });
  await connectAccount(owner.page, desk);

  // Who is new here is told where the customers are.
  await owner.page.goto(`${desk.url}/inbox`);
  await expect(owner.page.getByRole("link", { name: "Open the phone" })).toHaveAttribute("href", desk.emulatorUrl);
  await expect(owner.page.getByText(desk.emulatorUrl)).toBeVisible();

  await owner.page.goto(`${desk.url}/settings/people`);
  await owner.page.getByRole("button", { name: "Invite", exact: false }).first().click();
  const invite = owner.page.getByRole("dialog");
  await invite.getByRole("button", { name: /link/i }).click();
  const link = await invite.getByRole("textbox").inputValue();

  const agent = await openBrowser(browser);
  await agent.page.goto(link);
  await agent.page.getByRole("button", { name: "Continue with Facebook" }).click();
  await agreeAtFacebook(agent.page, "Tomás Silva");
  await agent.page.waitForURL(`${desk.url}/inbox`);
  await agent.page.goto(`${desk.url}/channels/connect`);
  await expect(agent.page.getByRole("button", { name: "Continue with Facebook" })).toHaveCount(0);
  await expect(agent.page.getByText("Nora Keller").first()).toBeVisible();
  await agent.page.goto(`${desk.url}/inbox`);
  await owner.page.goto(`${desk.url}/inbox`);

  // The customers are played on the emulator's own phone page.
  const customer = await openBrowser(browser);
  await customer.page.goto(desk.emulatorUrl);
  await customer.page.getByRole("button", { name: "Play Ana Lima" }).click();
  await customer.page.getByRole("textbox", { name: "Message" }).fill("Do you ship to Porto?");
  await customer.page.getByRole("button", { name: "Send", exact: true }).click();
  for (const { page } of [owner, agent])
    await expect(conversations(page).getByText("Do you ship to Porto?")).toBeVisible();

  const igId = await accountId(desk);
  await play(desk, "/_play/story-reply", { customerId: "marco.rossi", igId, text: "Is the green one back?" });
  await play(desk, "/_play/story-mention", { customerId: "studio.sol", igId });
  for (const { page } of [owner, agent]) {
    await expect(conversations(page).getByText("Is the green one back?")).toBeVisible();
    await expect(conversations(page).getByText(/mentioned you/i)).toBeVisible();
  }

  await openConversation(agent.page, "Ana Lima");
  await openConversation(owner.page, "Ana Lima");
  await reply(agent.page, "Yes, in two days.");
  const anas = agent.page.getByRole("list", { name: "Messages with Ana Lima" });
  await expect(anas.getByText("Yes, in two days.")).toBeVisible();
  await expect(
    owner.page.getByRole("list", { name: "Messages with Ana Lima" }).getByText("Yes, in two days."),
  ).toBeVisible();
  // Ana's phone is open: it reads by itself.
  await expect(
    customer.page.getByRole("list", { name: "Chat with nora.ceramics" }).getByText("Yes, in two days."),
  ).toBeVisible();
  for (const { page } of [owner, agent]) {
    await expect(page.getByRole("list", { name: "Messages with Ana Lima" }).getByText(/^Seen/).first()).toBeVisible();
  }

  await openConversation(agent.page, "Marco Rossi");
  const marcos = agent.page.getByRole("list", { name: "Messages with Marco Rossi" });
  await expect(marcos.getByText("Replied to your story")).toBeVisible();
  await expect(marcos.locator("img").first()).toHaveJSProperty("complete", true);
  await reply(agent.page, "It is, since this morning.");
  await expect(marcos.getByText("Sent", { exact: true }).first()).toBeVisible();

  await openConversation(agent.page, "Studio Sol");
  const sols = agent.page.getByRole("list", { name: /Messages with Studio Sol/ });
  await expect(sols.getByText("Mentioned you in their story")).toBeVisible();
  await reply(agent.page, "Thank you for the mention!");
  await expect(sols.getByText("Sent", { exact: true }).first()).toBeVisible();
  await play(desk, "/_play/seen", { threadId: await threadOf(igId, "studio.sol"), by: "customer" });
  await expect(sols.getByText(/^Seen/).first()).toBeVisible();

  expect((await ledger(desk)).map((sent) => [sent.customerId, sent.text, sent.tag])).toEqual([
    ["ana.lima", "Yes, in two days.", null],
    ["marco.rossi", "It is, since this morning.", null],
    ["studio.sol", "Thank you for the mention!", null],
  ]);

  // Everything is still there after a stop and a start.
  await desk.restart();
  await agent.page.goto(`${desk.url}/inbox`);
  await openConversation(agent.page, "Ana Lima");
  await expect(
    agent.page.getByRole("list", { name: "Messages with Ana Lima" }).getByText("Yes, in two days."),
  ).toBeVisible();
  expect([...owner.errors, ...agent.errors, ...customer.errors]).toEqual([]);
});

async function threadOf(igId: string, customerId: string): Promise<string> {
  const response = await fetch(`${desk.emulatorUrl}/_play/state`);
  const { threads } = (await response.json()) as { threads: { id: string; igId: string; customerId: string }[] };
  const thread = threads.find((each) => each.igId === igId && each.customerId === customerId);
  if (!thread) throw new Error(`No thread with ${customerId}.`);
  return thread.id;
}

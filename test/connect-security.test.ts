import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkSetupCode } from "@/lib/auth/check-setup-code";
import { issueSetupCode } from "@/lib/auth/issue-setup-code";
import { readInvitation } from "@/lib/inbox/read-invitation";
import { log } from "@/lib/log";
import { connectAccount } from "@/lib/meta/connect-account";
import { receiveLoginAnswer } from "@/lib/meta/connect-answer";
import { readConnectStep } from "@/lib/meta/connect-choices";
import { receivePopUpAnswer, startPopUp } from "@/lib/meta/connect-pop-up";
import { pasteToken } from "@/lib/meta/paste-token";
import { CALLBACK, connectDesk } from "./connect-desk";
import { answerDialog } from "./connect-emulator";
import { browserToken } from "./facebook-tokens";

/** What is forged, stale or stolen is refused, and whoever runs the desk finds it in the log, without the secret itself. */
const kit = connectDesk();
const OTHER = { id: "455667788990011", secret: "abcdefabcdefabcdefabcdefabcdef01", redirectUri: CALLBACK };
const INGRID = { person: "Ingrid Berg" };

const lines: string[] = [];
beforeEach(() => {
  vi.spyOn(log, "warn").mockImplementation((...line: unknown[]) => void lines.push(JSON.stringify(line)));
});
afterEach(() => {
  lines.length = 0;
  vi.restoreAllMocks();
});

function logged(words: string): number {
  return lines.filter((line) => line.includes(words)).length;
}

test("forged, stale and replayed states are refused and logged, and neither state nor code stands there", async () => {
  const begun = await kit.begin(kit.owner);
  const back = await answerDialog(kit.emulator, begun.dialogUrl, INGRID);
  const query = back.searchParams;
  const forged = new URLSearchParams(query);
  forged.set("state", "A".repeat(43));
  const missing = new URLSearchParams({ code: query.get("code") ?? "" });
  for (const wrong of [forged, missing])
    await expect(receiveLoginAnswer(kit.owner, { query: wrong, browser: begun.browser })).rejects.toThrow();
  await receiveLoginAnswer(kit.owner, { query, browser: begun.browser });
  await expect(receiveLoginAnswer(kit.owner, { query, browser: begun.browser })).rejects.toThrow();
  expect(logged("an answer of Facebook's login was refused")).toBe(3);
  for (const secret of [query.get("state"), query.get("code"), begun.browser])
    expect(lines.join("\n")).not.toContain(secret);
});

test("a code that is replayed, invented or of another app leads to words and is logged", async () => {
  const first = await kit.logIn(kit.owner, INGRID);
  const theirs = new URL(first.dialogUrl);
  await kit.emulator.call("/_control/apps", { id: OTHER.id, secret: OTHER.secret, redirectUris: [CALLBACK] });
  theirs.searchParams.set("client_id", OTHER.id);
  const foreign = await answerDialog(kit.emulator, theirs.href, INGRID);
  const codes = [first.back.searchParams.get("code"), "invented", foreign.searchParams.get("code")];
  for (const code of codes) {
    const begun = await kit.begin(kit.owner);
    const state = new URL(begun.dialogUrl).searchParams.get("state") ?? "";
    await receiveLoginAnswer(kit.owner, {
      query: new URLSearchParams({ code: code ?? "", state }),
      browser: begun.browser,
    });
    expect((await readConnectStep(kit.owner, { browser: begun.browser })).step).toBe("problem");
  }
  expect(logged("a login at Facebook led to nothing")).toBe(3);
  expect(await kit.waitingLogins()).toBe(1);
});

test("a token for another app or person is refused and logged, and the token does not stand there", async () => {
  await kit.emulator.call("/_control/apps", { id: OTHER.id, secret: OTHER.secret, redirectUris: [CALLBACK] });
  const foreign = await browserToken(kit.emulator, OTHER, INGRID);
  const { state, browser } = await startPopUp(kit.owner, { previousBrowser: null, channelId: null });
  await receivePopUpAnswer(kit.owner, { state, browser, accessToken: foreign, personId: "1" });
  await expect(pasteToken(kit.owner, { previousBrowser: null, channelId: null, token: foreign })).rejects.toThrow();
  expect(logged('"problem":"not_ours"')).toBe(1);
  expect(logged("a pasted token was refused")).toBe(1);
  expect(lines.join("\n")).not.toContain(foreign);
});

test("a Page that is not the login's, or not the token's, is refused and logged", async () => {
  const { browser } = await kit.logIn(kit.owner, INGRID);
  const pageId = await kit.pageIdOf("Nora Ceramics");
  await expect(connectAccount(kit.owner, { browser, pageId })).rejects.toMatchObject({ code: "invalid" });
  expect(logged("a Page that its login does not reach was refused")).toBe(1);
  expect(await kit.subscriptions()).toEqual([]);
});

test("guessing setup codes and invitations is stopped and logged, without filling the log", async () => {
  const code = await issueSetupCode(kit.desk.db);
  for (let n = 0; n < 20; n += 1) await readInvitation(kit.desk.db, `guess ${n}`);
  expect(logged("a wrong guess was refused")).toBe(20);
  for (let n = 20; n < 80; n += 1) await readInvitation(kit.desk.db, `guess ${n}`);
  expect(await readInvitation(kit.desk.db, "guess")).toMatchObject({ state: "blocked" });
  expect(logged("a wrong guess was refused")).toBe(50);
  expect(logged("too many wrong guesses")).toBe(1);
  // The desk of these tests has its owner: no code opens it any more.
  expect(code).toBeNull();
  expect(await checkSetupCode(kit.desk.db, "anything")).not.toMatchObject({ state: "right" });
});

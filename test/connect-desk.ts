import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { Ctx } from "@/lib/inbox/context";
import { log } from "@/lib/log";
import { connectAccount } from "@/lib/meta/connect-account";
import { receiveLoginAnswer } from "@/lib/meta/connect-answer";
import { type ConnectChoice, type ConnectStep, readConnectStep } from "@/lib/meta/connect-choices";
import { startConnecting } from "@/lib/meta/connect-start";
import { answerDialog, type DialogAnswer, type RunningEmulator, startEmulator } from "./connect-emulator";
import { APP_ID, type DeskFixture, openDesk } from "./desk-fixture";
import { type MemberCtx, ownerOf } from "./people";
import { setClock } from "./set-clock";
import { useSettings } from "./settings";

export const APP_SECRET = "0123456789abcdef0123456789abcdef";
export const CALLBACK = "http://localhost:3000/channels/connect/callback";

type Begun = { dialogUrl: string; browser: string };
type BeginOptions = { askAgain?: boolean; channelId?: string; previousBrowser?: string };
type Choose = Extract<ConnectStep, { step: "choose" }>;

export type ConnectDesk = ReturnType<typeof connectDesk>;

/** One emulator for all tests of a file, and for each of them a fresh world, a fresh desk and its owner Nora. */
export function connectDesk(settings: Record<string, string> = {}) {
  let emulator: RunningEmulator;
  let desk: DeskFixture;
  let owner: MemberCtx;

  beforeAll(async () => {
    log.level = "silent";
    emulator = await startEmulator({ id: APP_ID, secret: APP_SECRET, redirectUri: CALLBACK });
    useSettings({
      APP_URL: "http://localhost:3000",
      FACEBOOK_APP_ID: APP_ID,
      FACEBOOK_APP_SECRET: APP_SECRET,
      FACEBOOK_GRAPH_URL: `${emulator.url}/graph`,
      FACEBOOK_WEB_URL: `${emulator.url}/facebook`,
      ...settings,
    });
  });
  afterAll(() => emulator.stop());

  beforeEach(async () => {
    await emulator.call("/_control/reset", {});
    desk = await openDesk();
    owner = await ownerOf(desk.db, "Nora");
  });
  afterEach(async () => {
    await setClock(desk.db, 0);
    await desk.close();
  });

  function begin(ctx: Ctx, options: BeginOptions = {}): Promise<Begun> {
    const { askAgain = false, channelId = null, previousBrowser = null } = options;
    return startConnecting(ctx, { previousBrowser, channelId, askAgain });
  }

  /** From the button to the list of accounts. */
  async function logIn(ctx: Ctx, answer: DialogAnswer, options: BeginOptions = {}): Promise<Begun & { back: URL }> {
    const begun = await begin(ctx, options);
    const back = await answerDialog(emulator, begun.dialogUrl, answer);
    await receiveLoginAnswer(ctx, { query: back.searchParams, browser: begun.browser });
    return { ...begun, back };
  }

  async function readChoices(ctx: Ctx, browser: string): Promise<Choose> {
    const step = await readConnectStep(ctx, { browser });
    if (step.step !== "choose") throw new Error(`The page shows ${JSON.stringify(step)}`);
    return step;
  }

  function choice(step: Choose, label: string): ConnectChoice {
    const found = step.choices.find((one) => one.label === label);
    if (!found) throw new Error(`${label} is not listed among ${step.choices.map((one) => one.label).join(", ")}`);
    return found;
  }

  async function connect(ctx: Ctx, person: string, label: string): Promise<{ channelId: string }> {
    const { browser } = await logIn(ctx, { person });
    const { pageId } = choice(await readChoices(ctx, browser), label);
    return connectAccount(ctx, { browser, pageId });
  }

  return {
    get emulator() {
      return emulator;
    },
    get desk() {
      return desk;
    },
    get owner() {
      return owner;
    },
    begin,
    logIn,
    readChoices,
    choice,
    connect,

    /** How many logins and pasted tokens wait for an account to be chosen. */
    async waitingLogins(): Promise<number> {
      const { rows } = await desk.db.execute<{ n: number }>(
        sql`select count(*)::int as n from connect_attempt where user_token_sealed is not null`,
      );
      return rows[0]?.n ?? -1;
    },

    async pageIdOf(name: string): Promise<string> {
      const { pages } = (await emulator.call("/_control/pages")) as { pages: { id: string; name: string }[] };
      return pages.find((page) => page.name === name)?.id ?? "";
    },

    async personIdOf(name: string): Promise<string> {
      const { people } = (await emulator.call("/_control/people")) as { people: { id: string; name: string }[] };
      return people.find((person) => person.name === name)?.id ?? "";
    },

    async subscriptions(): Promise<{ appId: string; pageId: string; fields: string[] }[]> {
      const answer = (await emulator.call("/_control/subscriptions")) as unknown as {
        subscriptions: { appId: string; pageId: string; fields: string[] }[];
      };
      return answer.subscriptions;
    },
  };
}

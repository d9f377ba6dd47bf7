import type { Emulator } from "../emulator";
import { type Call, jsonObject, Refusal, sendJson } from "../http";
import { Input } from "../input";
import { accountOf, addFault, startStorm, storms } from "./add-fault";
import { agency } from "./agency";
import { appAction } from "./app-changes";
import { appViews, registerAppFrom, tryHandshake } from "./apps";
import { bulk } from "./bulk";
import { dataDeletion, makeSignedRequest } from "./callbacks";
import { changeSwitches } from "./change-switches";
import { deliveries, drop, hold, release, replay } from "./deliveries";
import { changeAccount, changeGrant, changePage, changeRole, grants, pages, people, setSubscription } from "./grants";
import { lose, losses } from "./losses";
import { testButton } from "./test-button";
import { changeTokens } from "./tokens";

type Action = (emulator: Emulator, input: Input) => object | Promise<object>;

const POSTS: Record<string, Action> = {
  "/reset": (emulator, input) => {
    emulator.reset(input.flag("keepApps", true));
    return {};
  },
  "/clock": moveClock,
  "/apps": registerAppFrom,
  "/switches": changeSwitches,
  "/faults": addFault,
  "/storms": startStorm,
  "/tokens": changeTokens,
  "/grants": changeGrant,
  "/roles": changeRole,
  "/subscriptions": setSubscription,
  "/deliveries/hold": hold,
  "/deliveries/release": release,
  "/deliveries/replay": replay,
  "/deliveries/drop": drop,
  "/deliveries/lose": lose,
  "/deliveries/test-button": testButton,
  "/agency": agency,
  "/bulk": bulk,
  "/data-deletion": dataDeletion,
  "/signed-request": makeSignedRequest,
};

const GETS: Record<string, (emulator: Emulator, query: URLSearchParams) => object | Promise<object>> = {
  "/health": (emulator) => ({ ok: true, now: emulator.now() }),
  "/apps": (emulator) => ({ apps: appViews(emulator) }),
  "/switches": (emulator) => emulator.switches,
  "/faults": (emulator) => ({ faults: emulator.faults.list() }),
  "/storms": storms,
  "/grants": grants,
  "/subscriptions": (emulator) => ({ subscriptions: emulator.world.subscriptions }),
  "/people": people,
  "/pages": pages,
  "/ledger": (emulator, query) => ({ entries: emulator.world.ledger.filter((entry) => entry.n > after(query)) }),
  "/requests": (emulator, query) => ({ entries: emulator.requests.after(after(query)) }),
  "/deliveries": deliveries,
  "/deliveries/lose": losses,
  "/callbacks": (emulator, query) => ({ entries: emulator.callbacks.after(after(query)) }),
  "/idle": async (emulator) => {
    await emulator.dispatcher.idle();
    return { ok: true };
  },
  "/cdn": (emulator) => ({ counts: emulator.cdnCounts.read() }),
};

/** `/_control/…`; see README.md. */
export async function control(emulator: Emulator, call: Call): Promise<void> {
  if (call.method === "GET") {
    const read = GETS[call.path];
    if (!read) throw new Refusal(404, `There is nothing at ${call.path}.`);
    return sendJson(call.res, 200, await read(emulator, call.url.searchParams));
  }
  if (call.method === "DELETE" && (call.path === "/faults" || call.path === "/storms")) {
    emulator.faults.clear(accountOf(emulator, call.url.searchParams.get("account")));
    return sendJson(call.res, 200, { ok: true });
  }
  if (call.method === "DELETE" && call.path === "/deliveries/lose") {
    emulator.losses.clear(accountOf(emulator, call.url.searchParams.get("account")));
    return sendJson(call.res, 200, { ok: true });
  }
  if (call.method !== "POST") throw new Refusal(405, "Use GET or POST.");
  const input = new Input(jsonObject(call.body));
  const action = actionAt(emulator, call.path, input);
  if (!action) throw new Refusal(404, `There is no action ${call.path}.`);
  sendJson(call.res, 200, { ok: true, ...(await action()) });
}

function actionAt(emulator: Emulator, path: string, input: Input): (() => object | Promise<object>) | null {
  const known = POSTS[path];
  if (known) return () => known(emulator, input);
  const [, area, id = "", action = ""] = /^\/(\w+)\/([\w.]+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (area === "pages" && action === "") return () => changePage(emulator, id, input);
  if (area === "accounts" && action === "") return () => changeAccount(emulator, id, input);
  if (area === "apps" && action === "handshake") return () => tryHandshake(emulator, id);
  if (area === "apps") return () => appAction(emulator, id, action, input);
  return null;
}

function after(query: URLSearchParams): number {
  return Number(query.get("after") ?? 0);
}

function moveClock(emulator: Emulator, input: Input) {
  const offsetMs = input.number("offsetMs", emulator.clock.offsetMs) + input.number("advanceMs", 0);
  emulator.clock.setOffset(offsetMs);
  emulator.stream.clockMoved();
  emulator.changed();
  return { now: emulator.now(), offsetMs };
}

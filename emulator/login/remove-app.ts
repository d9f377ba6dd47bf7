import type { Emulator } from "../emulator";
import { callBack } from "./call-back";

/** The person removes the app: the grant is forgotten, tokens answer 190/458, the deauthorize callback is called. */
export function removeApp(emulator: Emulator, personId: string, appId: string): void {
  const { world } = emulator;
  world.grants = world.grants.filter((grant) => grant.personId !== personId || grant.appId !== appId);
  for (const token of world.tokens) {
    if (token.personId === personId && token.appId === appId) token.death ??= "removed";
  }
  world.removed = world.removed.filter((one) => one.personId !== personId || one.appId !== appId);
  world.removed.push({ personId, appId, at: emulator.now() });
  emulator.changed();
  const app = emulator.app(appId);
  if (app?.deauthorizeUrl) void callBack(emulator, app, "deauthorize", app.deauthorizeUrl, personId);
}

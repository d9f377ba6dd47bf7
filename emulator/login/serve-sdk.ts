import type { Emulator } from "../emulator";
import { grantOf, hasRole } from "../graph/access";
import { type Call, sendJson, sendText } from "../http";
import { sdkOrigins } from "./dialog-request";
import { grantedParams } from "./dialog-result";
import { currentPerson } from "./person-cookie";
import { sdkScript } from "./sdk-script";

/** `/sdk/{locale}/sdk.js`, which stands for `https://connect.facebook.net/{locale}/sdk.js`. */
export function serveSdk(emulator: Emulator, call: Call) {
  if (!/^\/[a-z]{2}_[A-Z]{2}\/sdk(\/debug)?\.js$/.test(call.path)) return sendText(call.res, 404, "Not found");
  call.res.writeHead(200, {
    "content-type": "application/x-javascript; charset=utf-8",
    "cache-control": "no-store",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
  });
  call.res.end(sdkScript(`${emulator.publicUrl}/facebook`));
}

/** What `FB.getLoginStatus` asks: who is logged in here, as far as the browser sends Facebook's cookie along. */
export function sdkStatus(emulator: Emulator, call: Call) {
  const query = call.url.searchParams;
  const app = emulator.app(query.get("client_id"));
  const origin = query.get("origin") ?? "";
  if (!app || call.req.headers.origin !== origin || !sdkOrigins(app).includes(origin)) {
    return sendJson(call.res, 403, { status: "unknown", params: null });
  }
  const person = currentPerson(emulator, call);
  const known = person && grantOf(emulator, person.id, app.id) && hasRole(app, person.id);
  const responseType = ["token", "signed_request", "graph_domain"];
  const request = { app, redirectUri: "", sdkOrigin: origin, responseType, configuration: null };
  const value = known
    ? { status: "connected", params: grantedParams(emulator, request, person) }
    : { status: person ? "not_authorized" : "unknown", params: null };
  sendJson(call.res, 200, value, {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    vary: "Origin",
  });
}

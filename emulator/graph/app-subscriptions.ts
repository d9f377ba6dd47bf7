import { shakeHands } from "../webhooks/handshakes";
import { INSTAGRAM_MESSAGING_FIELDS } from "../world/register-app";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, noSuchObject } from "./graph-error";

const OTHER_FIELDS = [
  "comments",
  "live_comments",
  "mentions",
  "story_insights",
  "messaging_optins",
  "messaging_policy_enforcement",
  "response_feedback",
];

/** What an app can subscribe to of object `instagram`. */
export const INSTAGRAM_FIELDS = [...INSTAGRAM_MESSAGING_FIELDS, ...OTHER_FIELDS];

/** `/{app-id}/subscriptions` with the app token: object `instagram` only. The handshake has to succeed. */
export async function appSubscriptions(call: GraphCall, access: Access): Promise<unknown> {
  const { app } = access;
  if (access.kind !== "app" || call.segments[0] !== app.id)
    throw new GraphError(15, "(#15) This method must be called with an app access_token.");
  if (call.method === "GET")
    return { data: app.webhook?.verified ? [listed(app.webhook.url, app.webhook.fields)] : [] };
  if (call.method === "DELETE") {
    app.webhook = null;
    call.emulator.changed();
    return { success: true };
  }
  if (call.method !== "POST") throw noSuchObject(app.id, call.method);
  const object = call.required("object");
  if (object !== "instagram")
    throw new GraphError(100, `(#100) The emulator knows the object instagram only, not ${object}`);
  const fields = call.list("fields");
  for (const field of fields) {
    if (!INSTAGRAM_FIELDS.includes(field)) {
      throw new GraphError(100, `(#100) Invalid field ${field} for object instagram`);
    }
  }
  const url = call.required("callback_url");
  const verifyToken = call.required("verify_token");
  const result = await shakeHands(url, verifyToken);
  if (!result.verified) {
    throw new GraphError(2200, `(#2200) Callback verification failed with the following errors: ${result.reason}`, {
      status: 400,
    });
  }
  app.webhook = { url, verifyToken, fields, verified: true };
  call.emulator.changed();
  return { success: true };
}

function listed(url: string, fields: string[]) {
  return {
    object: "instagram",
    callback_url: url,
    active: true,
    fields: fields.map((name) => ({ name, version: "v26.0" })),
  };
}

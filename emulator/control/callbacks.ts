import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import { callBack, callbackPayload } from "../login/call-back";
import { signedRequest } from "../webhooks/wire";
import { theApp, thePerson } from "./grants";

/** The person asks the app to delete what it has of them. */
export async function dataDeletion(emulator: Emulator, input: Input) {
  const person = thePerson(emulator, input);
  const app = theApp(emulator, input);
  if (!app.dataDeletionUrl) throw new Refusal(409, "This app has no data-deletion callback.");
  return callBack(emulator, app, "data_deletion", app.dataDeletionUrl, person.id);
}

/** A `signed_request` as the app would get it, or one that it has to refuse. Nothing is sent. */
export function makeSignedRequest(emulator: Emulator, input: Input) {
  const app = theApp(emulator, input);
  const person = input.has("person") ? thePerson(emulator, input) : null;
  const payload = input.raw.payload;
  const extra = payload && typeof payload === "object" && !Array.isArray(payload) ? payload : {};
  const secret = { current: app.secret, previous: app.previousSecret ?? "none" }[input.textOr("secret") ?? "current"];
  const signed = signedRequest(secret ?? input.text("secret"), {
    ...callbackPayload(emulator, person?.id ?? "0"),
    ...extra,
  });
  return { signedRequest: signed };
}

import { type Ctx, write } from "../inbox/context";
import { deauthorizePerson } from "../inbox/deauthorize-person";
import { useRequestOnce } from "../inbox/use-request-once";
import type { SignedRequest } from "./signed-request";

/** A person removed the app on Facebook: their tokens are dead. @returns null when the request was carried out before */
export async function deauthorize(ctx: Ctx, request: SignedRequest): Promise<{ channels: number } | null> {
  return write(ctx, async (tx) => {
    if (!(await useRequestOnce(tx, "deauthorize", request.proof))) return null;
    const channels = await deauthorizePerson(tx, {
      facebookAppId: request.facebookAppId,
      personId: request.personId,
      problem:
        "The person who connected this account removed the app in their Facebook settings. Reconnect it to answer again; what comes in is still shown.",
      problemCode: "sign_in",
      code: "app_removed",
    });
    return { channels };
  });
}

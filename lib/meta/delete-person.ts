import { env } from "../env";
import { type Ctx, write } from "../inbox/context";
import { erasePerson } from "../inbox/erase-person";
import { useRequestOnce } from "../inbox/use-request-once";
import type { SignedRequest } from "./signed-request";

/**
 * A Facebook person asks that what this desk keeps of them is deleted. The id is theirs as someone who signs in and
 * connects; customers on Instagram have other ids and are found on the deletion page.
 * @returns the code of the receipt; null when the request was carried out before
 */
export async function deletePerson(ctx: Ctx, request: SignedRequest): Promise<{ code: string } | null> {
  return write(ctx, async (tx) => {
    if (!(await useRequestOnce(tx, "data_deletion", request.proof))) return null;
    return erasePerson(tx, {
      facebookAppId: request.facebookAppId,
      personId: request.personId,
      signsIn: request.facebookAppId === env().FACEBOOK_APP_ID,
      problem:
        "The person who connected this account had their data deleted, and the access with it. Reconnect it to answer again; what comes in is still shown.",
      problemCode: "sign_in",
    });
  });
}

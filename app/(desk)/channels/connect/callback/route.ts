import { findMember } from "@/app/session";
import { sharedDatabase } from "@/lib/db/connection";
import { env } from "@/lib/env";
import { isAppError } from "@/lib/errors";
import { receiveLoginAnswer } from "@/lib/meta/connect-answer";
import { readBrowser } from "../browser-cookie";

/** Facebook sends the browser back here; what it brought is taken in, and the address with its code left behind. */
export async function GET(request: Request): Promise<Response> {
  const member = await findMember();
  if (!member) return goTo("/sign-in?next=%2Fchannels%2Fconnect");
  try {
    const query = new URL(request.url).searchParams;
    await receiveLoginAnswer({ db: sharedDatabase(), actor: member }, { query, browser: await readBrowser() });
  } catch (error) {
    if (!isAppError(error)) throw error;
    return goTo(`/channels/connect?problem=${error.code}`);
  }
  return goTo("/channels/connect");
}

/** With a fragment of its own, because the browser would keep the `#_=_` that Facebook appends. */
function goTo(path: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location: `${env().APP_URL}${path}#content`, "cache-control": "no-store" },
  });
}

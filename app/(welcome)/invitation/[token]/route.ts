import { redirectWith, ticketCookie } from "@/app/(welcome)/tickets";
import { sharedDatabase } from "@/lib/db/connection";
import { readInvitation } from "@/lib/inbox/read-invitation";

export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const { state } = await readInvitation(sharedDatabase(), token);
  if (state === "unknown" || state === "blocked") return redirectWith(`/invitation?problem=${state}`);
  return redirectWith("/invitation", ticketCookie("invitation", token));
}

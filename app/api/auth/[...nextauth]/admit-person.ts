import { type TicketName, type Tickets, welcomePage } from "@/app/(welcome)/tickets";
import type { Admission } from "@/lib/auth/auth-options";
import { claimInstallation } from "@/lib/auth/claim-installation";
import type { Database } from "@/lib/db/connection";
import type { Person } from "@/lib/db/tables/workspace";
import { acceptInvitation } from "@/lib/inbox/accept-invitation";
import type { Ctx } from "@/lib/inbox/context";
import { signInMember } from "@/lib/inbox/sign-in-member";

/** Lets in who is a member, or carries the setup code or an invitation; everybody else is shown a page that says why not. */
export async function admitPerson(
  db: Database,
  person: Person,
  tickets: Tickets,
): Promise<{ admission: Admission; used: TicketName | null }> {
  const ctx: Ctx = { db, actor: { type: "system" } };
  const known = await signInMember(ctx, person);
  if (known) return { admission: { membership: known }, used: null };

  if (tickets.setup) {
    const claim = await claimInstallation(db, { code: tickets.setup, person });
    if (claim.state === "claimed") return { admission: { membership: claim.membership }, used: "setup" };
  }
  if (tickets.invitation) {
    const acceptance = await acceptInvitation(ctx, { token: tickets.invitation, person });
    if (acceptance.state === "joined") return { admission: { membership: acceptance.membership }, used: "invitation" };
  }
  return { admission: { turnedAwayTo: `${welcomePage(tickets)}?error=not_a_member` }, used: null };
}

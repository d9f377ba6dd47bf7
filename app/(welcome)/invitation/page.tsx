import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type Query, queryValue } from "@/app/(welcome)/query";
import { readTickets } from "@/app/(welcome)/tickets";
import { findMember } from "@/app/session";
import { ButtonLink } from "@/components/ui/button-link";
import { ContinueWithFacebook } from "@/components/welcome/continue-with-facebook";
import { InvitationProblem } from "@/components/welcome/invitation-problem";
import { SignInProblem } from "@/components/welcome/sign-in-problem";
import { WelcomeCard } from "@/components/welcome/welcome-card";
import { sharedDatabase } from "@/lib/db/connection";
import { readInvitation } from "@/lib/inbox/read-invitation";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitationPage({ searchParams }: { searchParams: Query }) {
  const problem = await queryValue(searchParams, "problem");
  const member = await findMember();
  const { invitation: token } = readTickets(await headers());
  if (problem || !token) {
    if (member && !problem) redirect("/inbox");
    return <InvitationProblem state={problem ?? "missing"} />;
  }
  const check = await readInvitation(sharedDatabase(), token);
  if (check.state === "unknown" || check.state === "blocked") return <InvitationProblem state={check.state} />;
  const { workspaceId, workspaceName, invitedBy, role, acceptedBy } = check.invitation;
  if (member && member.id === acceptedBy) redirect("/inbox");
  if (member && member.workspaceId === workspaceId) {
    return (
      <WelcomeCard
        title={`You are already a member of ${workspaceName}`}
        action={
          <ButtonLink href="/inbox" variant="primary" size="lg" className="w-full">
            Open the inbox
          </ButtonLink>
        }
      >
        <p>
          You are signed in as {member.name}.
          {check.state === "open" && " The invitation is still unused: you can pass its link on."}
        </p>
      </WelcomeCard>
    );
  }
  if (check.state !== "open") return <InvitationProblem state={check.state} invitedBy={invitedBy} />;
  return (
    <>
      <SignInProblem code={await queryValue(searchParams, "error")} />
      <WelcomeCard
        title={`Join ${workspaceName}`}
        action={<ContinueWithFacebook returnTo="/invitation" />}
        footnote="Facebook tells the desk your name, picture and email address, and nothing about your Pages."
      >
        <p>
          {invitedBy} invites you to answer Instagram messages together, as {role === "admin" ? "an admin" : "an agent"}
          .
        </p>
      </WelcomeCard>
    </>
  );
}

import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type Query, queryValue } from "@/app/(welcome)/query";
import { readTickets, welcomePage } from "@/app/(welcome)/tickets";
import { findMember } from "@/app/session";
import { ContinueWithFacebook } from "@/components/welcome/continue-with-facebook";
import { SignInProblem } from "@/components/welcome/sign-in-problem";
import { WelcomeCard } from "@/components/welcome/welcome-card";
import { ownerExists } from "@/lib/auth/owner-exists";
import { sharedDatabase } from "@/lib/db/connection";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const returnTo = ownPath(await queryValue(searchParams, "next"));
  const error = await queryValue(searchParams, "error");
  if (await findMember()) redirect(returnTo);
  // next-auth knows one page for errors; who came by a setup or invitation link belongs back there.
  const page = error ? welcomePage(readTickets(await headers())) : "/sign-in";
  if (page !== "/sign-in") redirect(`${page}?error=${encodeURIComponent(error ?? "")}`);
  if (!(await ownerExists(sharedDatabase()))) redirect("/setup");
  return (
    <>
      <SignInProblem code={error} />
      <WelcomeCard
        title="Sign in to your desk"
        action={<ContinueWithFacebook returnTo={returnTo} />}
        footnote="Facebook tells the desk your name, picture and email address, and nothing about your Pages."
      >
        <p>Instagram messages of your brand, answered together.</p>
      </WelcomeCard>
    </>
  );
}

/** Only a path on this desk: what stands in an address may come from anybody, and browsers read past tabs and new lines. */
function ownPath(path: string | undefined): string {
  return path && /^\/(?![/\\])/.test(path) && !/[\p{Cc}\\]/u.test(path) ? path : "/inbox";
}

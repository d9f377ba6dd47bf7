import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type Query, queryValue } from "@/app/(welcome)/query";
import { readTickets } from "@/app/(welcome)/tickets";
import { findMember } from "@/app/session";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { ContinueWithFacebook } from "@/components/welcome/continue-with-facebook";
import { SignInProblem } from "@/components/welcome/sign-in-problem";
import { WelcomeCard } from "@/components/welcome/welcome-card";
import { checkSetupCode } from "@/lib/auth/check-setup-code";
import { ownerExists } from "@/lib/auth/owner-exists";
import { sharedDatabase } from "@/lib/db/connection";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({ searchParams }: { searchParams: Query }) {
  const code = await queryValue(searchParams, "code");
  // A page cannot set the cookie that takes the code out of the address.
  if (code !== undefined) redirect(`/setup/open?code=${encodeURIComponent(code)}`);
  const error = await queryValue(searchParams, "error");
  const db = sharedDatabase();
  if (await ownerExists(db)) return <AlreadyOwned error={error} signedIn={(await findMember()) !== null} />;

  const { setup } = readTickets(await headers());
  const state = setup ? (await checkSetupCode(db, setup)).state : null;
  if (state !== "right") return <OpenTheLink problem={(await queryValue(searchParams, "problem")) ?? state} />;
  return (
    <>
      <SignInProblem code={error} />
      <WelcomeCard
        title="Make this desk yours"
        action={<ContinueWithFacebook returnTo="/inbox" />}
        footnote="Facebook tells the desk your name, picture and email address. Your Pages and Instagram accounts come later, when you connect one."
      >
        <p>You hold the setup link, so the first sign-in is yours: you become the owner of this desk.</p>
        <p>Afterwards the link is void, and you invite everybody else.</p>
      </WelcomeCard>
    </>
  );
}

function AlreadyOwned({ error, signedIn }: { error: string | undefined; signedIn: boolean }) {
  return (
    <>
      <SignInProblem code={error} />
      <WelcomeCard
        title="This desk has an owner already"
        action={
          <ButtonLink href={signedIn ? "/inbox" : "/sign-in"} variant="primary" size="lg" className="w-full">
            {signedIn ? "Open the inbox" : "Go to sign-in"}
          </ButtonLink>
        }
      >
        <p>Its setup link was used and is void. New people come in by an invitation from an owner or admin.</p>
      </WelcomeCard>
    </>
  );
}

function OpenTheLink({ problem }: { problem: string | null }) {
  return (
    <>
      {problem === "wrong" && (
        <Notice tone="warn" title="This setup link does not work" announce>
          Each new link voids the one before. Open the newest.
        </Notice>
      )}
      {problem === "blocked" && (
        <Notice tone="bad" title="Too many wrong setup codes" announce>
          Wait a quarter of an hour, or make a new link: it works at once.
        </Notice>
      )}
      <WelcomeCard title="Welcome to your new desk">
        <p>Nobody owns it yet. To show that it is yours, open the setup link that the desk printed when it started.</p>
        <p>
          The link is gone? On the desk’s machine, <code className="text-ink text-sm">npm run admin -- setup-link</code>{" "}
          prints a new one.
        </p>
      </WelcomeCard>
    </>
  );
}

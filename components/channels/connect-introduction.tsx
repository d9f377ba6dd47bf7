import Link from "next/link";
import { Card } from "@/components/ui/card";
import { ConnectButton, type StartAction } from "./connect-button";
import { OtherWays } from "./other-ways";

const NEEDED = [
  "The account is a professional one: in the Instagram app under Settings → Account type and tools.",
  "It is linked to a Facebook Page: in the Page's settings under “Linked accounts”.",
  "You may do “Messages” and “Community activity” on that Page.",
  "Instagram shares messages: Settings → Messages and story replies → Message controls → Connected tools → “Allow access to messages”.",
];

type ConnectIntroductionProps = {
  start: StartAction;
  redirectUri: string;
  /** Facebook Login for Business. */
  allOrNothing: boolean;
};

/** What is needed, and the ways in. */
export function ConnectIntroduction({ start, redirectUri, allOrNothing }: ConnectIntroductionProps) {
  return (
    <>
      <Card title="Before you start">
        <ul className="mb-5 flex list-disc flex-col gap-1.5 pl-5 text-soft">
          {NEEDED.map((need) => (
            <li key={need}>{need}</li>
          ))}
        </ul>
        <ConnectButton action={start} label="Continue with Facebook" size="lg" />
        <p className="mt-3 text-faint text-sm">
          {allOrNothing
            ? "Facebook asks for all permissions at once and gives all of them or none: leave them as they are, and tick your Page."
            : "Allow everything in Facebook's dialog and tick your Page."}{" "}
          You may log in as another person than you are here.
        </p>
      </Card>
      <OtherWays />
      <details className="rounded-card border border-line bg-card px-5 py-4 text-soft text-sm">
        <summary className="cursor-pointer font-medium text-ink">
          Facebook shows an error instead of its dialog?
        </summary>
        <ul className="mt-3 flex list-disc flex-col gap-1.5 pl-5">
          <li>
            “App not active”: the Facebook app is in development mode, where only people with a role on it can log in.
            Who runs this desk publishes the app, or gives you the role of a tester.
          </li>
          <li>
            “URL blocked”: who runs this desk adds exactly <code className="break-all">{redirectUri}</code> to “Valid
            OAuth Redirect URIs” in the Facebook app's login settings.
          </li>
          <li>
            Not sure?{" "}
            <Link href="/channels/doctor" className="text-ink underline">
              Check how this desk's Facebook app is set up
            </Link>
            .
          </li>
        </ul>
      </details>
    </>
  );
}

import type { Metadata } from "next";
import { answerPopUp, beginPopUp } from "@/app/(desk)/channels/connect/actions";
import { type Query, queryValue } from "@/app/(welcome)/query";
import { currentMember } from "@/app/session";
import { PopUpLogin } from "@/components/channels/pop-up-login";
import { WelcomeCard } from "@/components/welcome/welcome-card";
import { popUpLogin } from "@/lib/meta/connect-pop-up";
import { isBusinessLogin } from "@/lib/meta/login-dialog";

export const metadata: Metadata = { title: "Log in with Facebook" };

/** Stands outside the desk: Facebook's script runs in this document, and nothing of the desk is in it. */
export default async function PopUpPage({ searchParams }: { searchParams: Query }) {
  await currentMember("/channels/connect");
  const channelId = (await queryValue(searchParams, "channel")) ?? null;
  return (
    <WelcomeCard
      title="Log in with Facebook in a pop-up"
      action={<PopUpLogin login={popUpLogin()} channelId={channelId} begin={beginPopUp} answer={answerPopUp} />}
      footnote={
        // A full load, which leaves Facebook's script behind.
        <a href="/channels/connect" className="underline">
          Back to the ways to connect
        </a>
      }
    >
      <p>
        {isBusinessLogin()
          ? "Facebook asks for all permissions at once: leave them as they are, and tick your Page."
          : "Allow everything in Facebook's window and tick your Page."}{" "}
        You choose the account afterwards.
      </p>
    </WelcomeCard>
  );
}

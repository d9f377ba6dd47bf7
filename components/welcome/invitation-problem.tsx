import { ButtonLink } from "@/components/ui/button-link";
import { WelcomeCard } from "./welcome-card";

type InvitationProblemProps = {
  /** `missing`: no link was opened in this browser, or too long ago. */
  state: string;
  invitedBy?: string;
};

/** Why an invitation's link lets nobody in, and what to do. */
export function InvitationProblem({ state, invitedBy = "an owner or admin" }: InvitationProblemProps) {
  const { title, text } = wordsFor(state, invitedBy);
  return (
    <WelcomeCard
      title={title}
      action={
        <ButtonLink href="/sign-in" size="lg" className="w-full">
          I am a member: sign in
        </ButtonLink>
      }
    >
      <p>{text}</p>
    </WelcomeCard>
  );
}

function wordsFor(state: string, invitedBy: string): { title: string; text: string } {
  switch (state) {
    case "used":
      return {
        title: "This invitation was used already",
        text: `Each link lets one person in. If that was not you, ask ${invitedBy} for a new one.`,
      };
    case "expired":
      return {
        title: "This invitation has expired",
        text: `Links work for seven days. Ask ${invitedBy} for a new one.`,
      };
    case "revoked":
      return {
        title: "This invitation was withdrawn",
        text: "Ask an owner or admin of the desk if you should have a new one.",
      };
    case "blocked":
      return {
        title: "Too many unknown invitation links",
        text: "For safety the desk accepts no invitations for a quarter of an hour. Open your link again after that.",
      };
    case "missing":
      return {
        title: "Open your invitation link",
        text: "The link that an owner or admin gave you was not opened in this browser, or more than an hour ago. Open it again.",
      };
    default:
      return {
        title: "This invitation link does not work",
        text: "Perhaps a part of it got lost on the way. Copy the whole link, or ask an owner or admin for a new one.",
      };
  }
}

import { ExternalLink } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import type { Mend } from "@/lib/meta/doctor/doctor-mends";
import { ConnectButton, type StartAction, SubmitButton } from "./connect-button";

export type MendAction = (form: FormData) => Promise<void>;

/** What each button does, by the type of its mend. */
export type MendActions = { reconnect: StartAction } & Record<Exclude<Mend["type"], "reconnect" | "open">, MendAction>;

type DoctorMendsProps = {
  mends: Mend[];
  channelId: string | null;
  actions: MendActions;
};

/** The buttons and places that mend one part of a connection; the first is the likeliest. */
export function DoctorMends({ mends, channelId, actions }: DoctorMendsProps) {
  return mends.map((mend, place) => {
    const variant = place === 0 ? "primary" : "secondary";
    switch (mend.type) {
      case "reconnect":
        return (
          <ConnectButton
            key={mend.label}
            action={actions.reconnect}
            label={mend.label}
            channelId={channelId ?? undefined}
            askAgain={mend.askAgain}
            variant={variant}
            size="sm"
          />
        );
      case "open":
        return (
          <a
            key={mend.label}
            href={mend.href}
            target="_blank"
            rel="noreferrer"
            className={buttonClass("secondary", "sm")}
          >
            {mend.label}
            <ExternalLink aria-hidden="true" className="size-3.5" />
          </a>
        );
      default:
        return (
          <form key={mend.label} action={actions[mend.type]}>
            {channelId && <input type="hidden" name="channelId" value={channelId} />}
            <SubmitButton label={mend.label} variant={variant} size="sm" />
          </form>
        );
    }
  });
}

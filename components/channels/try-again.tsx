import { buttonClass } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import type { ConnectWay } from "@/lib/inbox/connect-way";
import { ConnectButton, type StartAction } from "./connect-button";

/** Goes the same way once more. */
export function TryAgain({ way, start }: { way: ConnectWay; start: StartAction }) {
  if (way === "pasted_token") return <ButtonLink href="/channels/connect/token">Paste another token</ButtonLink>;
  if (way === "own_app") return <ButtonLink href="/channels/connect/own-app">Paste another token</ButtonLink>;
  return (
    <>
      <ConnectButton action={start} label="Try again" askAgain />
      {way === "pop_up" && (
        <a href="/channels/connect/pop-up" className={buttonClass()}>
          Try the pop-up again
        </a>
      )}
    </>
  );
}

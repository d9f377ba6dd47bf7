import { Card } from "@/components/ui/card";
import type { ConnectStep } from "@/lib/meta/connect-choices";
import { AccountChooser, type SaveAction } from "./account-chooser";
import { ConnectButton, type StartAction, SubmitButton } from "./connect-button";
import { MissingPages } from "./missing-pages";
import { MissingPermissions } from "./missing-permissions";
import { RevokeWalk } from "./revoke-walk";

type ChooseAccountProps = Extract<ConnectStep, { step: "choose" }> & {
  start: StartAction;
  save: SaveAction;
  cancel: () => Promise<void>;
  businessIntegrationsUrl: string;
};

/** What the login in Facebook's dialog allows to connect. */
export function ChooseAccount(props: ChooseAccountProps) {
  const { personName, missing, choices, start, cancel, businessIntegrationsUrl } = props;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>
          {personName === null ? (
            "Facebook knows this token. Save to connect its Page's account."
          ) : (
            <>
              Connected as <strong>{personName}</strong> on Facebook
            </>
          )}
        </p>
        <form action={cancel}>
          <SubmitButton label="Cancel" variant="quiet" size="sm" />
        </form>
      </div>
      {props.trap && (
        <RevokeWalk
          trap={props.trap}
          businessIntegrationsUrl={businessIntegrationsUrl}
          connect={
            <ConnectButton action={start} label="Connect afresh" channelId={props.channelId ?? undefined} size="sm" />
          }
        />
      )}
      {missing.length > 0 && <MissingPermissions {...{ missing, start, businessIntegrationsUrl }} />}
      {choices.length > 0 && (
        <Card>
          <AccountChooser choices={choices} chosen={props.chosen} save={props.save} />
        </Card>
      )}
      {personName !== null && missing.length === 0 && (
        <MissingPages
          personName={personName}
          none={choices.length === 0}
          tickedPages={props.tickedPages}
          seesPortfolios={props.seesPortfolios}
          untold={props.untold}
          askAgain={<ConnectButton action={start} label="Ask Facebook again" askAgain variant="secondary" />}
          businessIntegrationsUrl={businessIntegrationsUrl}
        />
      )}
    </>
  );
}

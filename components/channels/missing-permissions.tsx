import { Notice } from "@/components/ui/notice";
import { ConnectButton, type StartAction } from "./connect-button";

type MissingPermissionsProps = {
  missing: { permission: string; purpose: string }[];
  start: StartAction;
  businessIntegrationsUrl: string;
};

/** What was not allowed, what it is for, and the two ways that mend it although Facebook remembers. */
export function MissingPermissions({ missing, start, businessIntegrationsUrl }: MissingPermissionsProps) {
  return (
    <Notice
      tone="warn"
      announce
      title={missing.length === 1 ? "A permission is missing" : `${missing.length} permissions are missing`}
      action={<ConnectButton action={start} label="Ask Facebook again" askAgain />}
    >
      <ul className="my-2 flex flex-col gap-1">
        {missing.map(({ permission, purpose }) => (
          <li key={permission}>
            <code className="text-ink">{permission}</code> is needed {purpose}.
          </li>
        ))}
      </ul>
      <p>Nothing was connected. Have Facebook ask again, and leave everything ticked.</p>
      <p className="mt-2">
        If Facebook does not ask again, it remembers your earlier answer: open{" "}
        <a href={businessIntegrationsUrl} target="_blank" rel="noreferrer" className="text-ink underline">
          Facebook → Settings → Business Integrations
        </a>
        , remove this app there, then press the button once more.
      </p>
    </Notice>
  );
}

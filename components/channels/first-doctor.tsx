import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { FirstDoctorView } from "@/lib/meta/doctor/read-first-doctor";
import { DoctorLines } from "./doctor-lines";
import { DoctorMends, type MendActions } from "./doctor-mends";
import { RevokeWalk } from "./revoke-walk";

type FirstDoctorProps = {
  doctor: FirstDoctorView;
  actions: MendActions;
  /** Begins a login in which Facebook asks for everything. */
  connect: ReactNode;
  businessIntegrationsUrl: string;
};

/** The same checks as for a channel, as far as they can be made without one. */
export function FirstDoctor({ doctor, actions, connect, businessIntegrationsUrl }: FirstDoctorProps) {
  const { lines, trap, addresses } = doctor;
  return (
    <>
      {trap && <RevokeWalk trap={trap} businessIntegrationsUrl={businessIntegrationsUrl} connect={connect} />}
      <Card title="Checks">
        <DoctorLines
          lines={lines}
          // Asking again is what the walk says does not help.
          mend={({ line, mends }) =>
            trap && line.startsWith("permission:") ? null : (
              <DoctorMends mends={mends} channelId={null} actions={actions} />
            )
          }
        />
      </Card>
      <Card title="What the Facebook app has to know" description="Each letter by letter, on the app's dashboard.">
        <dl className="flex flex-col gap-3 text-sm">
          <Address name="Valid OAuth Redirect URIs" value={addresses.redirect} />
          <Address name="Webhooks → Instagram, callback URL" value={addresses.webhook} />
        </dl>
      </Card>
    </>
  );
}

function Address({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-soft">{name}</dt>
      <dd className="mt-0.5 flex items-center gap-3">
        <code className="min-w-0 flex-1 break-all">{value}</code>
        <CopyButton text={value} what={`for “${name}”`} />
      </dd>
    </div>
  );
}

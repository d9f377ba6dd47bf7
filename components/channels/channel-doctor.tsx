import { Card } from "@/components/ui/card";
import type { DoctorView } from "@/lib/meta/doctor/read-doctor";
import { ConnectButton, SubmitButton } from "./connect-button";
import { DoctorHistory } from "./doctor-history";
import { DoctorLines } from "./doctor-lines";
import { DoctorMends, type MendActions } from "./doctor-mends";
import { LocalTime } from "./local-time";
import { RevokeWalk } from "./revoke-walk";

type ChannelDoctorProps = {
  channelId: string;
  doctor: DoctorView;
  actions: MendActions;
  businessIntegrationsUrl: string;
};

/** What works of a channel's connection, what does not, and what mends it. */
export function ChannelDoctor({ channelId, doctor, actions, businessIntegrationsUrl }: ChannelDoctorProps) {
  const { lines, trap, checkedAt, connected } = doctor;
  if (!connected) return null;
  return (
    <Card
      title="Connection doctor"
      description={
        checkedAt === null ? (
          "Looks at every part of the connection once a day."
        ) : (
          <>
            Looks at every part of the connection once a day; the last time <LocalTime at={checkedAt} />.
          </>
        )
      }
      actions={
        <form action={actions.check}>
          <input type="hidden" name="channelId" value={channelId} />
          <SubmitButton label="Check now" variant="secondary" size="sm" />
        </form>
      }
    >
      {trap && (
        <div className="mb-4">
          <RevokeWalk
            trap={trap}
            businessIntegrationsUrl={businessIntegrationsUrl}
            connect={
              <ConnectButton action={actions.reconnect} label="Connect afresh" channelId={channelId} size="sm" />
            }
          />
        </div>
      )}
      <DoctorLines
        lines={lines}
        // Asking again is what the walk says does not help.
        mend={({ line, mends }) =>
          trap && line.startsWith("permission:") ? null : (
            <DoctorMends mends={mends} channelId={channelId} actions={actions} />
          )
        }
      />
      <DoctorHistory changes={doctor.history} />
    </Card>
  );
}

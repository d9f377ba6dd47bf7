import { Card } from "@/components/ui/card";
import type { Role } from "@/lib/inbox/context";
import type { InvitationRow } from "@/lib/inbox/list-members";
import { mayManage } from "@/lib/inbox/member-roles";
import type { Answer } from "./answer";
import { InvitationItem } from "./invitation-item";

type InvitationListProps = {
  invitations: InvitationRow[];
  actorRole: Role;
  revoke: (id: string) => Promise<Answer>;
};

export function InvitationList({ invitations, actorRole, revoke }: InvitationListProps) {
  return (
    <Card title="Open invitations" description="Links that were given out and not used yet.">
      <ul aria-label="Open invitations" className="-my-3 divide-y divide-line">
        {invitations.map((invitation) => (
          <InvitationItem
            key={invitation.id}
            invitation={invitation}
            revoke={mayManage(actorRole, invitation.role) ? revoke : null}
          />
        ))}
      </ul>
    </Card>
  );
}

import type { Metadata } from "next";
import { currentMember } from "@/app/session";
import { InvitationList } from "@/components/settings/invitation-list";
import { InviteDialog } from "@/components/settings/invite-dialog";
import { MemberList } from "@/components/settings/member-list";
import { SettingsNav } from "@/components/settings/settings-nav";
import { WorkspaceName } from "@/components/settings/workspace-name";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { listMembers } from "@/lib/inbox/list-members";
import { changeRoleAction, inviteAction, removeAction, renameAction, revokeAction } from "./actions";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const actor = await currentMember("/settings/people");
  const { members, invitations, workspaceName } = await listMembers({ db: sharedDatabase(), actor });
  const manages = actor.role !== "agent";
  return (
    <Page
      title="People"
      description={`Who answers at ${workspaceName}.`}
      actions={manages && <InviteDialog actorRole={actor.role} invite={inviteAction} />}
    >
      {manages && <SettingsNav current="/settings/people" />}
      <MemberList
        members={members}
        actor={{ id: actor.id, role: actor.role }}
        changeRole={changeRoleAction}
        remove={removeAction}
      />
      {invitations.length > 0 && (
        <InvitationList invitations={invitations} actorRole={actor.role} revoke={revokeAction} />
      )}
      {manages && <WorkspaceName name={workspaceName} rename={renameAction} />}
    </Page>
  );
}

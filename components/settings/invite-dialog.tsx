"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/radio-group";
import type { Role } from "@/lib/inbox/context";
import { type InvitedRole, mayManage, ROLES } from "@/lib/inbox/member-roles";
import type { Answer } from "./answer";
import { ShownOnceDialog } from "./shown-once-dialog";

export type InvitationLink = { url: string };

type InviteDialogProps = { actorRole: Role; invite: (role: string) => Promise<Answer<InvitationLink>> };

/** Choose a role, get a link to pass on. */
export function InviteDialog({ actorRole, invite }: InviteDialogProps) {
  const [role, setRole] = useState<InvitedRole>("agent");
  return (
    <ShownOnceDialog
      title="Invite someone"
      description="You get a link for one person, who signs in with their own Facebook account."
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden="true" className="size-4" />
          Invite
        </Button>
      }
      onOpen={() => setRole("agent")}
      submit="Create link"
      make={() => invite(role)}
      show={({ url }) => ({
        title: "Pass this link on",
        description: `It makes one person ${role === "admin" ? "an admin" : "an agent"}, within seven days. It is shown only now.`,
        texts: [{ label: "Invitation link", text: url, copy: "Copy link" }],
      })}
    >
      <RadioGroup
        label="Role"
        hideLabel
        name="role"
        value={role}
        onValueChange={(value) => setRole(value === "admin" ? "admin" : "agent")}
        options={[...ROLES]
          .reverse()
          .flatMap(({ role: value, label, description }) =>
            value !== "owner" && mayManage(actorRole, value) ? [{ value, label, description }] : [],
          )}
      />
    </ShownOnceDialog>
  );
}

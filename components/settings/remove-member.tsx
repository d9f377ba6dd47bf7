"use client";

import { UserMinus } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import type { MemberRow } from "@/lib/inbox/list-members";
import type { Answer } from "./answer";
import { ConfirmDialog } from "./confirm-dialog";

type RemoveMemberProps = { member: MemberRow; self: boolean; remove: (memberId: string) => Promise<Answer> };

export function RemoveMember({ member, self, remove }: RemoveMemberProps) {
  const who = self ? "You are" : `${member.name} is`;
  return (
    <ConfirmDialog
      title={self ? "Leave this desk?" : `Remove ${member.name}?`}
      description={`${who} signed out everywhere at once, and invitation links given out before stop working. What was written stays.`}
      trigger={
        <IconButton label={self ? "Leave this desk" : `Remove ${member.name}`}>
          <UserMinus />
        </IconButton>
      }
      confirm={self ? "Leave" : "Remove"}
      act={() => remove(member.id)}
    />
  );
}

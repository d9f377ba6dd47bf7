"use client";

import { UserMinus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import type { MemberRow } from "@/lib/inbox/list-members";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";

type RemoveMemberProps = { member: MemberRow; self: boolean; remove: (memberId: string) => Promise<Answer> };

export function RemoveMember({ member, self, remove }: RemoveMemberProps) {
  const [open, setOpen] = useState(false);
  const { busy, problem, run } = useAnswer();
  const who = self ? "You are" : `${member.name} is`;
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={self ? "Leave this desk?" : `Remove ${member.name}?`}
      description={`${who} signed out everywhere at once, and invitation links given out before stop working. What was written stays.`}
      trigger={
        <IconButton label={self ? "Leave this desk" : `Remove ${member.name}`}>
          <UserMinus />
        </IconButton>
      }
    >
      {problem && (
        <Notice tone="bad" announce>
          {problem}
        </Notice>
      )}
      <div className="flex justify-end gap-2">
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button
          variant="danger"
          busy={busy}
          onClick={() =>
            run(
              () => remove(member.id),
              () => setOpen(false),
            )
          }
        >
          {self ? "Leave" : "Remove"}
        </Button>
      </div>
    </Dialog>
  );
}

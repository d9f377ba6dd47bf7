"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextField } from "@/components/ui/text-field";
import type { Role } from "@/lib/inbox/context";
import { type InvitedRole, mayManage, ROLES } from "@/lib/inbox/member-roles";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";

export type InvitationLink = { url: string };

type InviteDialogProps = { actorRole: Role; invite: (role: string) => Promise<Answer<InvitationLink>> };

/** Choose a role, get a link to pass on. The link is shown once and forgotten when the dialog closes. */
export function InviteDialog({ actorRole, invite }: InviteDialogProps) {
  const [open, setOpen] = useState(false);
  const [role, setRole] = useState<InvitedRole>("agent");
  const [link, setLink] = useState<string | null>(null);
  const { busy, problem, setProblem, run } = useAnswer();

  const change = (opened: boolean) => {
    setOpen(opened);
    if (!opened) return;
    setRole("agent");
    setLink(null);
    setProblem(null);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={link ? "Pass this link on" : "Invite someone"}
      description={
        link
          ? `It makes one person ${role === "admin" ? "an admin" : "an agent"}, within seven days. It is shown only now.`
          : "You get a link for one person, who signs in with their own Facebook account."
      }
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden="true" className="size-4" />
          Invite
        </Button>
      }
    >
      {link ? (
        <>
          <TextField label="Invitation link" readOnly value={link} onFocus={(event) => event.target.select()} />
          <div className="flex justify-end gap-2">
            <CopyButton text={link} size="md" label="Copy link" />
            <DialogClose>
              <Button variant="primary">Done</Button>
            </DialogClose>
          </div>
        </>
      ) : (
        <>
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
              variant="primary"
              busy={busy}
              onClick={() =>
                run(
                  () => invite(role),
                  ({ url }) => setLink(url),
                )
              }
            >
              Create link
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

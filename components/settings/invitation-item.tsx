"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { InvitationRow } from "@/lib/inbox/list-members";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";

type InvitationItemProps = {
  invitation: InvitationRow;
  /** Null for those who may not. */
  revoke: ((id: string) => Promise<Answer>) | null;
};

export function InvitationItem({ invitation, revoke }: InvitationItemProps) {
  const { busy, problem, run } = useAnswer();
  return (
    <li className="py-3">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p>For an {invitation.role}</p>
          <p className="text-faint text-sm">
            From {invitation.invitedBy}, works for {inDays(invitation.daysLeft)}
          </p>
        </div>
        {revoke && (
          <Button size="sm" busy={busy} onClick={() => run(() => revoke(invitation.id))}>
            Revoke
          </Button>
        )}
      </div>
      {problem && (
        <Notice tone="bad" announce className="mt-3">
          {problem}
        </Notice>
      )}
    </li>
  );
}

function inDays(days: number): string {
  return days === 1 ? "1 more day" : `${days} more days`;
}

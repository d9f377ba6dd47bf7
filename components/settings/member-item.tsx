"use client";

import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import type { MemberRow } from "@/lib/inbox/list-members";
import { mayManage, ROLES } from "@/lib/inbox/member-roles";
import type { Answer } from "./answer";
import type { Actor } from "./member-list";
import { RemoveMember } from "./remove-member";
import { useAnswer } from "./use-answer";

type MemberItemProps = {
  member: MemberRow;
  actor: Actor;
  onlyOwner: boolean;
  changeRole: (memberId: string, role: string) => Promise<Answer>;
  remove: (memberId: string) => Promise<Answer>;
};

export function MemberItem({ member, actor, onlyOwner, changeRole, remove }: MemberItemProps) {
  const { busy, problem, run } = useAnswer();
  const self = member.id === actor.id;
  const selectable = actor.role === "owner" && !onlyOwner;
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Avatar id={member.id} name={member.name} src={member.pictureUrl} size={38} />
        <div className="min-w-0 flex-1 basis-36">
          <p className="truncate font-medium">
            {member.name}
            {self && <span className="font-normal text-faint"> (you)</span>}
          </p>
          {member.email && <p className="truncate text-faint text-sm">{member.email}</p>}
        </div>
        <div className={cx("flex items-center gap-1", selectable && "max-desk:ml-12.5")}>
          {selectable ? (
            <Select
              label={`Role of ${member.name}`}
              hideLabel
              value={member.role}
              disabled={busy}
              onChange={(event) => {
                const role = event.target.value;
                run(() => changeRole(member.id, role));
              }}
              options={ROLES.map(({ role, label }) => ({ value: role, label }))}
              className="w-28"
            />
          ) : (
            <Badge tone={member.role === "owner" ? "accent" : "neutral"}>
              <span className="capitalize">{member.role}</span>
            </Badge>
          )}
          {mayManage(actor.role, member.role) && !onlyOwner && (
            <RemoveMember member={member} self={self} remove={remove} />
          )}
        </div>
      </div>
      {problem && (
        <Notice tone="bad" announce className="mt-3">
          {problem}
        </Notice>
      )}
    </li>
  );
}

import { Card } from "@/components/ui/card";
import type { Role } from "@/lib/inbox/context";
import type { MemberRow } from "@/lib/inbox/list-members";
import type { Answer } from "./answer";
import { MemberItem } from "./member-item";

export type Actor = { id: string; role: Role };

type MemberListProps = {
  members: MemberRow[];
  actor: Actor;
  changeRole: (memberId: string, role: string) => Promise<Answer>;
  remove: (memberId: string) => Promise<Answer>;
};

export function MemberList({ members, actor, changeRole, remove }: MemberListProps) {
  const owners = members.filter((member) => member.role === "owner").length;
  return (
    <Card className="py-1">
      <ul aria-label="Members" className="divide-y divide-line">
        {members.map((member) => (
          <MemberItem
            key={member.id}
            member={member}
            actor={actor}
            onlyOwner={member.role === "owner" && owners === 1}
            changeRole={changeRole}
            remove={remove}
          />
        ))}
      </ul>
    </Card>
  );
}

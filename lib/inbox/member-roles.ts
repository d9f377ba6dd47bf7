import type { Role } from "./context";

/** Roles that a link can give; owners are made by an owner, among members. */
export type InvitedRole = "admin" | "agent";

export const ROLES: { role: Role; label: string; description: string }[] = [
  { role: "owner", label: "Owner", description: "Everything, and decides who is owner or admin." },
  { role: "admin", label: "Admin", description: "Answers messages, connects channels, invites and removes agents." },
  { role: "agent", label: "Agent", description: "Answers messages." },
];

/** Who may invite, revoke and remove people of which role: owners everyone, admins agents, agents nobody. */
export function mayManage(actor: Role, role: Role): boolean {
  return actor === "owner" || (actor === "admin" && role === "agent");
}

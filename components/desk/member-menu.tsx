"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { ThemeSwitch } from "../ui/theme-switch";

export type MenuMember = { id: string; name: string; role: string; pictureUrl: string | null };

const MENU = "member-menu";

/** Who is signed in, the theme, and the way out. The browser's own popover: Escape and a press elsewhere close it. */
export function MemberMenu({ member }: { member: MenuMember }) {
  return (
    <>
      <button
        type="button"
        popoverTarget={MENU}
        aria-label={`${member.name}: account and appearance`}
        title={member.name}
        className="grid min-h-12 min-w-14 place-items-center rounded-full desk:min-h-10 desk:min-w-10"
      >
        <Avatar id={member.id} name={member.name} src={member.pictureUrl} size={30} />
      </button>
      <div
        id={MENU}
        popover="auto"
        className="fixed inset-auto right-2 bottom-16 m-0 w-64 rounded-card border border-line bg-card p-4 text-ink shadow-float desk:right-auto desk:bottom-3 desk:left-16"
      >
        <p className="truncate font-medium">{member.name}</p>
        <p className="text-faint text-xs capitalize">{member.role}</p>
        <ThemeSwitch className="my-4" />
        <SignOutButton />
      </div>
    </>
  );
}

function SignOutButton() {
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    const { signOut } = await import("next-auth/react");
    await signOut({ callbackUrl: "/sign-in" }).catch(() => setBusy(false));
  };
  return (
    <Button className="w-full" busy={busy} onClick={leave}>
      <LogOut aria-hidden="true" className="size-4" />
      Sign out
    </Button>
  );
}

"use client";

import { AtSign, Inbox, Settings } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import { BrandMark } from "../ui/brand-mark";
import { cx } from "../ui/cx";
import { pushPath } from "../ui/shallow-path";
import { MemberMenu, type MenuMember } from "./member-menu";

const PLACES = [
  { href: "/inbox", label: "Inbox", icon: <Inbox /> },
  { href: "/channels", label: "Channels", icon: <AtSign /> },
  { href: "/settings", label: "Settings", icon: <Settings /> },
];

/** A rail at the side; on phones a bar at the bottom, which makes way for an open conversation. */
export function DeskNav({ member }: { member: MenuMember }) {
  const path = usePathname();
  const inThread = /^\/inbox\/./.test(path);
  // Inside the inbox its own link only closes the conversation; the page stays.
  const stayInInbox = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    pushPath("/inbox");
  };
  return (
    <nav
      aria-label="Replydesk"
      className={cx(
        "shrink-0 items-center border-line bg-ground pb-[env(safe-area-inset-bottom)] max-desk:justify-around max-desk:border-t max-desk:px-2 desk:w-14 desk:flex-col desk:gap-1.5 desk:py-3",
        inThread ? "hidden desk:flex" : "flex",
      )}
    >
      <Link href="/inbox" aria-hidden="true" tabIndex={-1} className="mb-2 hidden desk:block">
        <BrandMark />
      </Link>
      {PLACES.map(({ href, label, icon }) => (
        <NavLink
          key={href}
          href={href}
          label={label}
          current={path === href || path.startsWith(`${href}/`)}
          onClick={href === "/inbox" && path.startsWith(href) ? stayInInbox : undefined}
        >
          {icon}
        </NavLink>
      ))}
      <div className="desk:mt-auto">
        <MemberMenu member={member} />
      </div>
    </nav>
  );
}

type NavLinkProps = {
  href: string;
  label: string;
  current: boolean;
  onClick: ((event: MouseEvent) => void) | undefined;
  children: ReactNode;
};

function NavLink({ href, label, current, onClick, children }: NavLinkProps) {
  return (
    <Link
      href={href}
      onClick={onClick}
      title={label}
      aria-current={current ? "page" : undefined}
      className={cx(
        "grid place-items-center rounded-[0.625rem] transition-colors [&_svg]:size-4.5 [&_svg]:stroke-[1.7]",
        "max-desk:min-h-12 max-desk:flex-1 max-desk:content-center max-desk:gap-0.5 max-desk:py-1.5 desk:size-9",
        current
          ? "text-ink desk:bg-card desk:ring-1 desk:ring-line max-desk:[&_svg]:text-accent"
          : "text-faint hover:text-ink desk:hover:bg-card",
      )}
    >
      {children}
      <span className="text-2xs desk:sr-only">{label}</span>
    </Link>
  );
}

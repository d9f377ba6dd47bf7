import { readCookie } from "@/lib/auth/session-cookie";
import { env } from "@/lib/env";
import { HOUR, SECOND } from "@/lib/time";

/** What a visitor may carry to the sign-in: the setup code or an invitation's token, out of reach of scripts and addresses. */
export type TicketName = "setup" | "invitation";

export type Tickets = Record<TicketName, string | null>;

const COOKIE: Record<TicketName, string> = { setup: "replydesk.setup", invitation: "replydesk.invitation" };
const LIFETIME_MS = HOUR;

/** The page that says what is wrong with a sign-in, by what the visitor carries. */
export function welcomePage(tickets: Tickets): "/invitation" | "/setup" | "/sign-in" {
  if (tickets.invitation) return "/invitation";
  return tickets.setup ? "/setup" : "/sign-in";
}

export function readTickets(headers: Headers): Tickets {
  const cookies = headers.get("cookie") ?? undefined;
  return { setup: readCookie(cookies, COOKIE.setup), invitation: readCookie(cookies, COOKIE.invitation) };
}

/** A `Set-Cookie` header's value. @param value null takes the ticket away */
export function ticketCookie(name: TicketName, value: string | null): string {
  const secure = env().APP_URL.startsWith("https://") ? "; Secure" : "";
  const age = value === null ? 0 : LIFETIME_MS / SECOND;
  return `${COOKIE[name]}=${value ?? ""}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}

/** Takes the visitor on with a ticket in hand and the secret out of the address. */
export function redirectWith(location: string, cookie?: string): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  if (cookie) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { readTickets, redirectWith, type TicketName, ticketCookie, welcomePage } from "@/app/(welcome)/tickets";
import { authOptions } from "@/lib/auth/auth-options";
import { sharedDatabase } from "@/lib/db/connection";
import { admitPerson } from "./admit-person";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const tickets = readTickets(request.headers);
  const { pathname, searchParams } = request.nextUrl;
  // Somebody pressed Cancel at Facebook. next-auth would log that as a failure and lose the reason.
  if (pathname.endsWith("/callback/facebook") && searchParams.get("error") === "access_denied") {
    return redirectWith(`${welcomePage(tickets)}?error=cancelled`);
  }
  let spent: TicketName | null = null;
  const options = authOptions(async (person) => {
    const { admission, used } = await admitPerson(sharedDatabase(), person, tickets);
    spent = used;
    return admission;
  });
  const response: Response = await NextAuth(request, context, options);
  if (spent) response.headers.append("set-cookie", ticketCookie(spent, null));
  return response;
}

export { handle as GET, handle as POST };

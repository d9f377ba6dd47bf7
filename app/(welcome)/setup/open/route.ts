import type { NextRequest } from "next/server";
import { redirectWith, ticketCookie } from "@/app/(welcome)/tickets";
import { checkSetupCode } from "@/lib/auth/check-setup-code";
import { sharedDatabase } from "@/lib/db/connection";

export async function GET(request: NextRequest): Promise<Response> {
  const code = request.nextUrl.searchParams.get("code") ?? "";
  const { state } = await checkSetupCode(sharedDatabase(), code);
  if (state === "right") return redirectWith("/setup", ticketCookie("setup", code));
  return redirectWith(state === "owned" ? "/setup" : `/setup?problem=${state}`);
}

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { readMember, type SignedInMember } from "@/lib/auth/read-session";
import { sharedDatabase } from "@/lib/db/connection";

/** Who asks for this page, or null; read once per request. */
export const findMember = cache(async (): Promise<SignedInMember | null> => {
  const cookie = (await headers()).get("cookie") ?? undefined;
  return readMember(sharedDatabase(), cookie);
});

/** The member who asks for this page; everybody else is sent to sign in. @param returnTo path to come back to */
export async function currentMember(returnTo?: string): Promise<SignedInMember> {
  const member = await findMember();
  if (member) return member;
  redirect(returnTo ? `/sign-in?next=${encodeURIComponent(returnTo)}` : "/sign-in");
}

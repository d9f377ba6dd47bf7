import { cookies } from "next/headers";
import { env } from "@/lib/env";
import { ATTEMPT_MINUTES } from "@/lib/inbox/start-connect-attempt";

const NAME = "replydesk-connect";
const PATH = "/channels";

/** What ties an attempt to this browser; no script reads it. Lax, because Facebook's answer comes from another site. */
export async function readBrowser(): Promise<string | null> {
  return (await cookies()).get(NAME)?.value ?? null;
}

export async function keepBrowser(value: string): Promise<void> {
  (await cookies()).set(NAME, value, {
    httpOnly: true,
    sameSite: "lax",
    secure: env().APP_URL.startsWith("https://"),
    path: PATH,
    maxAge: ATTEMPT_MINUTES * 60,
  });
}

export async function forgetBrowser(): Promise<void> {
  (await cookies()).delete({ name: NAME, path: PATH });
}

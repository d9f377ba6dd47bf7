import type { AuthOptions } from "next-auth";
import type { Membership, Person } from "../db/tables/workspace";
import { env } from "../env";
import { errorMessage } from "../errors";
import { log } from "../log";
import { DAY, SECOND } from "../time";
import { facebookProvider } from "./facebook-provider";

export const SESSION_LIFETIME_MS = 30 * DAY;

/** Who comes in, or the page that tells them in words why not. */
export type Admission = { membership: Membership } | { turnedAwayTo: string };

/**
 * next-auth for one request. Facebook's token is used for the profile and forgotten: the cookie says which member, no more.
 * @param admit decides about a person for whom Facebook has just vouched
 */
export function authOptions(admit: (person: Person) => Promise<Admission>): AuthOptions {
  const settings = env();
  // next-auth reads its own address from here only, and would otherwise believe it is http://localhost:3000.
  process.env.NEXTAUTH_URL = settings.APP_URL;
  let admitted: Membership | null = null;
  return {
    providers: [facebookProvider(settings)],
    secret: settings.AUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_LIFETIME_MS / SECOND },
    useSecureCookies: settings.APP_URL.startsWith("https://"),
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    logger: {
      error: (code, metadata) => log.error({ code, reason: reasonOf(metadata) }, "Facebook sign-in failed"),
      warn: (code) => log.warn({ code }, "Facebook sign-in"),
      debug: () => undefined,
    },
    callbacks: {
      async signIn({ user }) {
        try {
          const admission = await admit({
            facebookUserId: user.id,
            name: user.name?.trim() || "Someone on Facebook",
            email: user.email ?? null,
            pictureUrl: user.image ?? null,
          });
          if ("turnedAwayTo" in admission) return admission.turnedAwayTo;
          admitted = admission.membership;
          return true;
        } catch (error) {
          // next-auth would put the message of whatever is thrown here into an address.
          log.error({ reason: errorMessage(error) }, "A person could not be let in");
          return "/sign-in?error=failed";
        }
      },
      jwt({ token }) {
        if (!admitted) return token;
        const { memberId, workspaceId, since } = admitted;
        return { sub: memberId, workspaceId, since };
      },
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
      // The product reads its session by itself; what next-auth would tell scripts is nothing.
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}

/** Only an address of this desk: `callbackUrl` may come from anybody, and browsers read past tabs, new lines and backslashes. */
function ownAddress(url: string, baseUrl: string): string {
  if (!URL.canParse(url, baseUrl)) return baseUrl;
  const wanted = new URL(url, baseUrl);
  if (wanted.origin === new URL(baseUrl).origin) return wanted.href;
  log.warn({ origin: wanted.origin }, "a sign-in that was to lead away from this desk was kept here");
  return baseUrl;
}

/** next-auth passes an error, or wraps one. */
function reasonOf(metadata: unknown): string {
  const error = metadata instanceof Object && "error" in metadata ? metadata.error : metadata;
  return error instanceof Object && "message" in error ? String(error.message) : errorMessage(error);
}

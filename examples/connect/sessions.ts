import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** What the site remembers of one browser. Everything stays here: the browser gets nothing but a random name for it. */
export type Session = {
  /** Logins that were begun, each by its `state`, with the time until which it may come back. */
  states: Map<string, number>;
  /** Between Facebook's yes and the choice of a Page. */
  login: { userToken: string; person: string; missing: string[]; until: number } | null;
  /** The Instagram account that this browser has connected. */
  account: { integrationId: string; username: string; notice: string | null } | null;
};

const STATE_MS = 10 * 60 * 1000;
const LOGIN_MS = 15 * 60 * 1000;
const SESSION_MS = 12 * 60 * 60 * 1000;
const MOST_SESSIONS = 10_000;
const MOST_STATES = 10;
const COOKIE = "connect_session";

/** Sessions live in memory and end with the process; a site with people of its own has theirs in a database. */
export function createSessions({ siteUrl }: { siteUrl: string }) {
  const sessions = new Map<string, Session & { usedAt: number }>();

  function keep(response: ServerResponse, session: Session): Session {
    const [oldest] = sessions.keys();
    if (oldest !== undefined && sessions.size >= MOST_SESSIONS) sessions.delete(oldest);
    const id = randomBytes(32).toString("base64url");
    const kept = { ...session, usedAt: Date.now() };
    sessions.set(id, kept);
    const secure = siteUrl.startsWith("https:") ? "; Secure" : "";
    response.setHeader("set-cookie", `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax${secure}`);
    return kept;
  }

  return {
    /** The session of this browser, or a new one with its cookie. */
    of(request: IncomingMessage, response: ServerResponse): Session {
      const id = cookieOf(request);
      const known = sessions.get(id);
      if (!known || known.usedAt < Date.now() - SESSION_MS)
        return keep(response, { states: new Map(), login: null, account: null });
      known.usedAt = Date.now();
      // The least used stand first and go first.
      sessions.delete(id);
      sessions.set(id, known);
      return known;
    },

    /** From a login on under another name: whoever planted the old one in this browser is left outside. */
    renew(request: IncomingMessage, response: ServerResponse, session: Session): Session {
      sessions.delete(cookieOf(request));
      return keep(response, session);
    },

    end(request: IncomingMessage): void {
      sessions.delete(cookieOf(request));
    },
  };
}

/** A `state` that only this browser can bring back, once and for ten minutes. */
export function newState(session: Session): string {
  const [oldest] = session.states.keys();
  if (oldest !== undefined && session.states.size >= MOST_STATES) session.states.delete(oldest);
  const state = randomBytes(24).toString("base64url");
  session.states.set(state, Date.now() + STATE_MS);
  return state;
}

export function takeState(session: Session, state: string | null): boolean {
  const until = session.states.get(state ?? "");
  session.states.delete(state ?? "");
  return until !== undefined && until > Date.now();
}

export function keepLogin(session: Session, login: { userToken: string; person: string; missing: string[] }): void {
  session.login = { ...login, until: Date.now() + LOGIN_MS };
}

export function loginOf(session: Session): Session["login"] {
  if (session.login && session.login.until < Date.now()) session.login = null;
  return session.login;
}

function cookieOf({ headers }: IncomingMessage): string {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([name]) => name === COOKIE)?.[1] ?? "";
}

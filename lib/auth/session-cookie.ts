/** Name of the session's cookie as next-auth chooses it for this public address. */
export function sessionCookieName(appUrl: string): string {
  return `${appUrl.startsWith("https://") ? "__Secure-" : ""}next-auth.session-token`;
}

/** The value of one cookie of a `Cookie` header; the first of that name counts, as in browsers the most specific path. */
export function readCookie(header: string | undefined, name: string): string | null {
  return parseCookies(header).get(name) ?? null;
}

/** The session's token; next-auth splits one longer than 4 KB over `name.0`, `name.1`, …. */
export function readSessionToken(header: string | undefined, name: string): string | null {
  const cookies = parseCookies(header);
  const whole = cookies.get(name);
  if (whole) return whole;
  let token = "";
  for (let part = 0; ; part += 1) {
    const chunk = cookies.get(`${name}.${part}`);
    if (chunk === undefined) return token || null;
    token += chunk;
  }
}

function parseCookies(header = ""): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(";")) {
    const split = pair.indexOf("=");
    if (split < 0) continue;
    const name = pair.slice(0, split).trim();
    if (!cookies.has(name)) cookies.set(name, pair.slice(split + 1).trim());
  }
  return cookies;
}

import type { IncomingMessage } from "node:http";

const NOT_PAGES = /^\/(api|_next)\//;

/**
 * A desk of one's own machine answers under several names, and browsers keep cookies by name: opened as 127.0.0.1 it
 * would not know who signed in at localhost. Pages move on to the address that the settings name. A public address is
 * left alone: proxies that tell another name would be sent round in circles.
 * @returns where a page is to be asked for instead; null when it is asked for in the right place
 */
export function ownAddress(appUrl: string): (request: IncomingMessage, url: URL) => string | null {
  const { host: own, hostname } = new URL(appUrl);
  const local = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return ({ method, headers }, url) => {
    if (!local || (method !== "GET" && method !== "HEAD") || NOT_PAGES.test(url.pathname)) return null;
    const given = `http://${headers.host ?? ""}`;
    if (!URL.canParse(given) || new URL(given).host === own) return null;
    return url.href;
  };
}

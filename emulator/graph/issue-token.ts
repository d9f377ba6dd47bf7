import type { Emulator } from "../emulator";
import { accessToken, digits } from "../ids";
import type { Token } from "../world/access-types";
import type { Page } from "../world/types";

const SHORT_LIFE_MS = 90 * 60 * 1000;
const LONG_LIFE_MS = 5_183_944_000;
export const DATA_ACCESS_MS = 90 * 24 * 60 * 60 * 1000;

export function issueUserToken(emulator: Emulator, appId: string, personId: string, longLived: boolean): Token {
  const now = emulator.now();
  return keep(emulator, {
    value: accessToken(),
    kind: "user",
    appId,
    personId,
    pageId: null,
    systemUserId: null,
    parent: null,
    longLived,
    issuedAt: now,
    expiresAt: now + (longLived ? LONG_LIFE_MS : SHORT_LIFE_MS),
    dataAccessExpiresAt: now + DATA_ACCESS_MS,
    death: null,
  });
}

/** The token of the system user that a business gets for an app: it does not expire. */
export function issueSystemToken(emulator: Emulator, appId: string, personId: string): Token {
  const token = issueUserToken(emulator, appId, personId, true);
  token.systemUserId = digits(`system:${appId}:${personId}`, 16);
  token.expiresAt = 0;
  return token;
}

/** The page token of a user token: always the same one, without expiry when the user token is long-lived. */
export function pageTokenFor(emulator: Emulator, user: Token, page: Page): Token {
  for (const token of emulator.world.tokens) {
    if (token.parent === user.value && token.pageId === page.id && token.death === null) return token;
  }
  return keep(emulator, {
    value: accessToken(),
    kind: "page",
    appId: user.appId,
    personId: user.personId,
    pageId: page.id,
    systemUserId: user.systemUserId,
    parent: user.value,
    longLived: user.longLived,
    issuedAt: emulator.now(),
    expiresAt: user.longLived ? 0 : user.expiresAt,
    dataAccessExpiresAt: user.dataAccessExpiresAt,
    death: null,
  });
}

function keep(emulator: Emulator, token: Token): Token {
  emulator.world.tokens.push(token);
  emulator.index.tokens.set(token.value, token);
  emulator.changed();
  return token;
}

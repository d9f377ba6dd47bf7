import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import type { DeathCause, Token } from "../world/access-types";

const CAUSES: Record<string, DeathCause | null> = {
  expire: "expired",
  revoke: "revoked",
  "password-change": "password-change",
  checkpoint: "checkpoint",
  restore: null,
};

/** Lets tokens of a person, a Page or an account die, or live again. A password change takes all of a person's tokens. */
export function changeTokens(emulator: Emulator, input: Input) {
  const chosen = emulator.world.tokens.filter(chooser(emulator, input));
  if (input.has("action")) {
    const action = input.oneOf("action", ["expire", "revoke", "password-change", "checkpoint", "restore"]);
    for (const token of chosen) {
      // a system user has no password and no session
      if (token.systemUserId === null || action === "revoke" || action === "restore")
        token.death = CAUSES[action] ?? null;
    }
  }
  for (const token of chosen) {
    token.expiresAt = input.number("expiresAt", token.expiresAt);
    token.dataAccessExpiresAt = input.number("dataAccessExpiresAt", token.dataAccessExpiresAt);
  }
  emulator.changed();
  return { changed: chosen.length };
}

function chooser(emulator: Emulator, input: Input): (token: Token) => boolean {
  const value = input.textOr("token");
  if (value) return (token) => token.value === value;
  const name = input.textOr("person");
  const person = name ? emulator.index.personByName(name) : null;
  if (name && !person) throw new Refusal(404, `There is no person "${name}".`);
  const igId = input.textOr("igId");
  const pageId = input.textOr("pageId") ?? (igId ? (emulator.index.pageOfAccount(igId)?.id ?? "") : null);
  if (!person && pageId === null) throw new Refusal(400, "Name a person, a Page, an account or a token.");
  return (token) => (!person || token.personId === person.id) && (pageId === null || token.pageId === pageId);
}

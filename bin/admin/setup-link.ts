import { setupLink } from "../setup-link";
import type { Command } from "./command";

export const setupLinkCommand: Command = {
  help: "a new one-time link that makes its visitor the owner; the one before stops working",
  run: async ({ databaseUrl, appUrl }) => {
    const link = await setupLink(databaseUrl, appUrl);
    if (link) return { ok: true, words: link, json: { setupLink: link } };
    return {
      ok: false,
      words: "This installation has an owner already. An owner or admin invites more people under Settings.",
      json: { setupLink: null, reason: "owner_exists" },
    };
  },
};

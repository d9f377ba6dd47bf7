import { DATA_ACCESS_MS } from "../graph/issue-token";
import { personIdFor, portfolioIdFor } from "../ids";
import type { App, World } from "./types";

/** Fills in what a state saved by an earlier emulator does not have yet. */
export function upgradeWorld(world: World): World {
  for (const app of world.apps) Object.assign(app, { ...newAppParts(), ...app });
  world.removed ??= [];
  for (const business of world.businesses) {
    business.professional ??= true;
    business.routedTo ??= null;
  }
  for (const grant of world.grants) grant.businesses ??= grant.granted.includes("business_management") ? "all" : null;
  world.portfolios ??= [
    {
      id: portfolioIdFor("Keller Group"),
      name: "Keller Group",
      members: [personIdFor("Nora Keller")],
      clientPages: [],
    },
  ];
  for (const token of world.tokens) {
    token.dataAccessExpiresAt ??= token.issuedAt + DATA_ACCESS_MS;
    token.systemUserId ??= null;
  }
  for (const code of world.codes) {
    code.sdkOrigin ??= null;
    code.systemUser ??= false;
  }
  return world;
}

/** How an app begins: live, unrestricted, with Nora Keller as its administrator. */
export function newAppParts(): Pick<
  App,
  "sdkDomains" | "configurations" | "mode" | "restricted" | "roles" | "testers" | "previousSecret" | "registered"
> {
  return {
    sdkDomains: [],
    configurations: [],
    mode: "live",
    restricted: false,
    roles: [{ personId: personIdFor("Nora Keller"), role: "administrator" }],
    testers: [],
    previousSecret: null,
    registered: null,
  };
}

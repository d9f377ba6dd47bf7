import type { Emulator } from "../emulator";
import type { Grant } from "../world/access-types";
import type { Page } from "../world/types";

/** The Pages on which a person has a role. */
export function pagesOf(emulator: Emulator, personId: string): Page[] {
  return emulator.world.pages.filter((page) => page.roles.some((role) => role.personId === personId));
}

/** The Pages that a person selected for an app and still has a role on. */
export function grantedPages(emulator: Emulator, grant: Grant): Page[] {
  return pagesOf(emulator, grant.personId).filter(
    (page) => grant.pages === "all" || (grant.pages?.includes(page.id) ?? false),
  );
}

import type { Actions } from "./actions";
import type { Notices } from "./notices";
import type { Records } from "./records";
import type { Stage } from "./stage";
import type { World } from "./world";

/** What every part of the page is given. */
export interface Theatre {
  world: World;
  stage: Stage;
  actions: Actions;
  notices: Notices;
  records: Records;
}

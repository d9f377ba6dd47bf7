import type { IncomingMessage, ServerResponse } from "node:http";
import type { Conversations } from "./conversations";
import type { createDesk } from "./desk";
import type { createFacebook } from "./facebook";
import type { Session } from "./sessions";
import type { Settings } from "./settings";

/** What every route works with. */
export type Site = {
  settings: Settings;
  desk: ReturnType<typeof createDesk>;
  facebook: ReturnType<typeof createFacebook>;
  conversations: Conversations;
  /** With which the desk signs what it tells. */
  signingSecret: string;
};

/** One request of a browser. `renew` gives its session another name, which a login takes. */
export type Visit = {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  session: Session;
  renew: () => Session;
};

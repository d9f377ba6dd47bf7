import type { CONNECT_WAYS } from "../db/tables/channel";

/** How a channel's token comes here. */
export type ConnectWay = (typeof CONNECT_WAYS)[number];

/** With these a person brings the Page's own token; with the others Facebook tells which Pages there are. */
export type PageTokenWay = Extract<ConnectWay, "pasted_token" | "own_app">;

export function isPageTokenWay(way: ConnectWay): way is PageTokenWay {
  return way === "pasted_token" || way === "own_app";
}

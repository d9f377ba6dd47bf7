import { mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import { pagesOf } from "../login/granted-pages";
import type { Page } from "../world/types";
import { card, rows, search } from "./parts";
import type { Visit, Visited } from "./visit";

const PLACE = "/facebook/pages";

/** The Pages somebody manages. */
export function pageList({ emulator, person }: Visit): Visited {
  const pages = pagesOf(emulator, person.id);
  const list = rows(
    "Your Pages",
    pages.map((page) => ({
      title: page.name,
      small: accountWords(emulator, page),
      picture: pagePicture(emulator, page),
      after: `<a href="${PLACE}/${page.id}">Settings</a>`,
    })),
  );
  const content =
    pages.length > 0
      ? card(`${pages.length} ${pages.length === 1 ? "Page" : "Pages"}`, "", `${search(pages.length)}${list}`)
      : card("No Pages", "This person manages no Pages.", "");
  return { title: "Pages", place: PLACE, content };
}

export function accountWords(emulator: Emulator, page: Page): string {
  const business = emulator.index.businesses.get(page.igId ?? "");
  if (!business) return "No Instagram account";
  return `Instagram: @${business.username}${business.professional ? "" : " (personal account)"}`;
}

export function pagePicture(emulator: Emulator, page: Page): string | null {
  const business = emulator.index.businesses.get(page.igId ?? "");
  return business ? mediaUrl(emulator, business.avatarId) : null;
}

import { mediaUrl } from "../cdn/media-url";
import { agency } from "../control/agency";
import type { Emulator } from "../emulator";
import { pagesOf } from "../login/granted-pages";
import type { Page } from "../world/types";
import { card, postButton, rows, search } from "./parts";
import { doneWords, inputOf, type Visit, type Visited } from "./visit";

const PLACE = "/facebook/pages";

const WORDS: Record<string, string> = { agency: "Agnes Hart is there now. Log in as her: “Somebody else?”." };

/** The Pages somebody manages. */
export function pageList(visit: Visit): Visited {
  const { emulator, person, form } = visit;
  if (form.get("action") === "agency") {
    agency(emulator, inputOf({}));
    return { to: PLACE, done: "agency" };
  }
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
  const many = emulator.index.personByName("Agnes Hart")
    ? ""
    : card(
        "Somebody with very many Pages",
        "Agnes Hart runs an agency: 240 Pages over three businesses and some of her own.",
        postButton({ label: "Let her come" }, { action: "agency" }),
      );
  return { title: "Pages", place: PLACE, notice: doneWords(visit, WORDS), content: `${content}${many}` };
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

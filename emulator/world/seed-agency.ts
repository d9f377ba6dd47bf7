import type { Emulator } from "../emulator";
import { digits, igIdFor, pageIdFor, personIdFor, portfolioIdFor } from "../ids";
import { FULL_TASKS, PLUS_TASKS } from "./seed-pages";
import type { Business, Page, Person, Portfolio } from "./types";

const FIRST =
  "Amber Birch Cobalt Dune Ember Fjella Garnet Harbour Indigo Jasmin Kestrel Lagoon Møøn Nectar Opal Pebble Quill Raven Sálvia Tamarind".split(
    " ",
  );
const SECOND =
  "Bakery Books Cycles Dental Flowers Gardens Hotel Kitchen Market Optics Roasters Studio Tailors Yoga".split(" ");
const PORTFOLIOS = ["Hart & Partners", "Northwind Retail", "Alpenglow Hotels"] as const;
const AGENCY = 0;

/** How many of an agency's Pages belong to its person alone. */
const OWN_SHARE = 10;

/** What is unusual about every n-th Page. */
const EVERY = { unlinked: 16, withoutTask: 20, personal: 23, elsewhere: 29, withoutRole: 31, client: 7, plus: 3 };

/** Another app, to which some of the accounts route their conversations. */
export const OTHER_APP_ID = "774120033985512";

/**
 * A person with very many Pages: some of their own, most of them owned by three business portfolios, some a client's of the agency too
 * and so listed twice. Some have no account, a personal one, no messaging task, no role, or another app that answers.
 */
export function seedAgency(emulator: Emulator, name: string, count: number): Person {
  const { world, index } = emulator;
  const person: Person = { id: personIdFor(name), name, email: null };
  const portfolios: Portfolio[] = PORTFOLIOS.map((title) => ({
    id: portfolioIdFor(`${name}:${title}`),
    name: title,
    members: [person.id],
    clientPages: [],
  }));
  world.people.push(person);
  index.people.set(person.id, person);
  addAvatar(emulator, person.id, "avatar");
  world.portfolios.push(...portfolios);
  for (let n = 0; n < count; n++) {
    const page = agencyPage(emulator, person, portfolios, n);
    world.pages.push(page);
    index.pages.set(page.id, page);
    const agency = portfolios[AGENCY];
    if (agency && page.portfolioId !== agency.id && n % EVERY.client === 0) agency.clientPages.push(page.id);
  }
  emulator.stream.reset();
  emulator.changed();
  return person;
}

function agencyPage(emulator: Emulator, person: Person, portfolios: Portfolio[], n: number): Page {
  const round = Math.floor(n / (FIRST.length * SECOND.length));
  const title = `${FIRST[n % FIRST.length]} ${SECOND[Math.floor(n / FIRST.length) % SECOND.length]}${round > 0 ? ` ${round + 1}` : ""}`;
  const nth = (every: number) => n % every === every - 1;
  const business = nth(EVERY.unlinked) ? null : agencyBusiness(emulator, title, nth(EVERY.personal));
  if (business && nth(EVERY.elsewhere)) business.routedTo = OTHER_APP_ID;
  const tasks = n % EVERY.plus === 0 ? PLUS_TASKS : FULL_TASKS;
  const own = n % OWN_SHARE === 0;
  return {
    id: pageIdFor(`${person.name}:${title}`),
    name: title,
    category: title.split(" ")[1] ?? "Company",
    categoryId: String(2200 + (n % SECOND.length)),
    igId: business?.igId ?? null,
    portfolioId: own ? null : (portfolios[n % portfolios.length]?.id ?? null),
    roles:
      !own && nth(EVERY.withoutRole)
        ? []
        : [{ personId: person.id, tasks: nth(EVERY.withoutTask) ? ["ADVERTISE", "ANALYZE"] : tasks }],
  };
}

function agencyBusiness(emulator: Emulator, title: string, personal: boolean): Business {
  const username = title
    .replaceAll("ø", "o")
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, " ")
    .replace(/[\u0300-\u036f]/g, "")
    .trim()
    .toLowerCase()
    .replaceAll(" ", ".");
  const business: Business = {
    igId: igIdFor(username),
    username,
    name: title,
    avatarId: addAvatar(emulator, username, "logo"),
    followers: Number(digits(`followers:${username}`, 4)),
    allowMessages: true,
    professional: !personal,
    routedTo: null,
    follows: [],
    stories: [],
  };
  emulator.world.businesses.push(business);
  emulator.index.businesses.set(business.igId, business);
  return business;
}

function addAvatar(emulator: Emulator, owner: string, shape: "avatar" | "logo"): string {
  const id = digits(`avatar:${owner}`, 16);
  const media = {
    id,
    kind: "avatar" as const,
    contentType: "image/png",
    source: { drawing: `${shape}:${owner}` },
    storyId: null,
  };
  emulator.world.media.push(media);
  emulator.index.media.set(id, media);
  return id;
}

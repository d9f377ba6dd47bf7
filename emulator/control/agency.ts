import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import { seedAgency } from "../world/seed-agency";

const MAX_PAGES = 2000;

/** Makes a person with very many Pages over three businesses; made once, told again. */
export function agency(emulator: Emulator, input: Input) {
  const name = input.textOr("person") ?? "Agnes Hart";
  const count = input.number("pages", 240);
  if (!Number.isInteger(count) || count < 1 || count > MAX_PAGES)
    throw new Refusal(400, `"pages" has to be a number from 1 to ${MAX_PAGES}.`);
  const person = emulator.index.personByName(name) ?? seedAgency(emulator, name, count);
  const { pages, portfolios } = emulator.world;
  const businesses = portfolios
    .filter((one) => one.members.includes(person.id))
    .map(({ id, name: title, clientPages }) => ({
      id,
      name: title,
      owned: pages.filter((page) => page.portfolioId === id).length,
      client: clientPages.length,
    }));
  return {
    person,
    businesses,
    pages: pages.filter((page) => belongsTo(page.portfolioId, businesses, page, person.id)).length,
  };
}

function belongsTo(
  portfolioId: string | null,
  businesses: { id: string }[],
  page: { roles: { personId: string }[] },
  personId: string,
): boolean {
  return businesses.some((one) => one.id === portfolioId) || page.roles.some((role) => role.personId === personId);
}

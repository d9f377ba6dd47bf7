/** Who is played, as the address bar keeps it. Names are usernames; null is "not chosen, take the fitting one". */
export type Place =
  | { role: "customer"; customer: string | null; business: string | null }
  | { role: "business"; business: string; customer: string | null };

export const START: Place = { role: "customer", customer: null, business: null };

/** `#/as/ana.lima`, `#/as/ana.lima/to/nora.ceramics`, `#/phone-of/nora.ceramics`, `#/phone-of/nora.ceramics/ana.lima` */
export function readPlace(hash: string): Place {
  const [, room, first, second, third] = hash.replace(/^#/, "").split("/").map(decoded);
  if (room === "as" && first)
    return { role: "customer", customer: first, business: (second === "to" && third) || null };
  if (room === "phone-of" && first) return { role: "business", business: first, customer: second || null };
  return START;
}

export function writePlace(place: Place): string {
  if (place.role === "business")
    return `#/phone-of/${[place.business, place.customer].filter(isSaid).map(encodeURIComponent).join("/")}`;
  if (!place.customer) return "#/";
  const to = place.business ? `/to/${encodeURIComponent(place.business)}` : "";
  return `#/as/${encodeURIComponent(place.customer)}${to}`;
}

function isSaid(part: string | null): part is string {
  return part !== null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

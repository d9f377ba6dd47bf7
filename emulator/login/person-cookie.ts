import type { Emulator } from "../emulator";
import type { Call } from "../http";
import type { Person } from "../world/types";

const NAME = "emulator_person";

export function personCookie(personId: string): string {
  return `${NAME}=${personId}; Path=/facebook; HttpOnly; SameSite=Lax; Max-Age=31536000`;
}

/** The Facebook person who is logged in in this browser. */
export function currentPerson(emulator: Emulator, call: Call): Person | null {
  const cookie = (call.req.headers.cookie ?? "").split(/;\s*/).find((one) => one.startsWith(`${NAME}=`));
  return (cookie && emulator.index.people.get(cookie.slice(NAME.length + 1))) || null;
}

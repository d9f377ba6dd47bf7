import type { App, RoleName } from "../world/types";
import { dashboardPage, sectionUrl } from "./dashboard-page";
import { card, postButton, rows, select } from "./parts";
import { doneWords, type Visit, type Visited } from "./visit";

const ROLES: { value: RoleName; label: string }[] = [
  { value: "administrator", label: "Administrator" },
  { value: "developer", label: "Developer" },
  { value: "tester", label: "Tester" },
];
const WORDS: Record<string, string> = { saved: "Saved.", kept: "An app needs one administrator." };

/** Who may use the app while it is in development: people with a role, and testers on Instagram. */
export function dashboardRoles(visit: Visit, app: App): Visited {
  const { emulator, form } = visit;
  if (form.has("action")) {
    const done = change(visit, app);
    emulator.changed();
    return { to: sectionUrl(app, "roles"), done };
  }
  return dashboardPage(
    emulator,
    app,
    "roles",
    `${peopleCard(visit, app)}${testersCard(visit, app)}`,
    doneWords(visit, WORDS),
  );
}

function change({ emulator, form }: Visit, app: App): string {
  const action = form.get("action");
  const person = emulator.index.people.get(form.get("person") ?? "");
  const customer = emulator.index.customers.get(form.get("customer") ?? "");
  if (person) {
    const role = action === "add" ? ROLES.find((one) => one.value === form.get("role"))?.value : undefined;
    const others = app.roles.filter((one) => one.personId !== person.id);
    const next = role ? [...others, { personId: person.id, role }] : others;
    if (!next.some((one) => one.role === "administrator")) return "kept";
    app.roles = next;
  }
  if (customer) {
    app.testers = app.testers.filter((id) => id !== customer.id);
    if (action === "add") app.testers.push(customer.id);
  }
  return "saved";
}

function peopleCard({ emulator }: Visit, app: App): string {
  const list = rows(
    "People",
    app.roles.map((one) => {
      const name = emulator.index.people.get(one.personId)?.name ?? one.personId;
      return {
        title: name,
        small: ROLES.find((role) => role.value === one.role)?.label,
        after: postButton({ label: "Remove", name: `Remove ${name}` }, { action: "remove", person: one.personId }),
      };
    }),
  );
  const people = emulator.world.people.map((person) => ({ value: person.id, label: person.name }));
  const add = `<form method="post"><input type="hidden" name="action" value="add">${select("person", "Person", people)}${select("role", "Role", ROLES)}<button>Add person</button></form>`;
  return card("People", "They log in and use the app while it is in development.", `${list}${add}`);
}

function testersCard({ emulator }: Visit, app: App): string {
  const list = rows(
    "Instagram testers",
    app.testers.map((id) => ({
      title: `@${id}`,
      after: postButton({ label: "Remove", name: `Remove @${id}` }, { action: "remove", customer: id }),
    })),
  );
  const others = emulator.world.customers.filter((one) => !app.testers.includes(one.id));
  const add = `<form method="post"><input type="hidden" name="action" value="add">${select(
    "customer",
    "Instagram account",
    others.map((one) => ({ value: one.id, label: `@${one.username}` })),
  )}<button>Add tester</button></form>`;
  return card(
    "Instagram testers",
    "In development the app hears of their messages alone.",
    `${app.testers.length > 0 ? list : ""}${add}`,
  );
}

import { changePage, changeRole, setSubscription } from "../control/grants";
import { escapeHtml } from "../login/html";
import type { Page } from "../world/types";
import { accountWords } from "./page-list";
import { card, postButton, rows, select, tick } from "./parts";
import { doneWords, inputOf, type Visit, type Visited } from "./visit";

const PLACE = "/facebook/pages";
const TASKS = ["MESSAGING", "MODERATE", "CREATE_CONTENT", "ADVERTISE", "ANALYZE", "MANAGE"];
const WORDS: Record<string, string> = {
  linked: "The Instagram account was linked.",
  unlinked: "The Instagram account was unlinked.",
  role: "The role was changed.",
  dropped: "The app no longer gets this Page's events.",
};

/** One Page: its Instagram account, who may do what on it, and which apps listen. */
export function pageSettings(visit: Visit, page: Page): Visited {
  const { emulator, form } = visit;
  const here = `${PLACE}/${page.id}`;
  const action = form.get("action");
  if (action === "unlink" || action === "link") {
    const igId = action === "link" ? form.get("igId") : null;
    changePage(emulator, page.id, inputOf({ igId }));
    return { to: here, done: `${action}ed` };
  }
  if (action === "role") {
    const tasks = form.get("remove") ? null : form.getAll("task");
    changeRole(emulator, inputOf({ person: form.get("person") ?? "", pageId: page.id, tasks }));
    return { to: here, done: "role" };
  }
  if (action === "drop") {
    setSubscription(emulator, inputOf({ appId: form.get("app") ?? "", pageId: page.id, fields: null }));
    return { to: here, done: "dropped" };
  }
  return {
    title: page.name,
    place: PLACE,
    notice: doneWords(visit, WORDS),
    content: `${linkCard(visit, page)}${rolesCard(visit, page)}${appsCard(visit, page)}<p><a href="${PLACE}">All Pages</a></p>`,
  };
}

function linkCard({ emulator }: Visit, page: Page): string {
  const others = emulator.world.businesses
    .filter((one) => one.igId !== page.igId)
    .map((one) => {
      const home = emulator.index.pageOfAccount(one.igId);
      return { value: one.igId, label: `@${one.username}${home ? ` (now on ${home.name})` : ""}` };
    });
  const unlink = page.igId ? postButton({ label: "Unlink account", kind: "danger" }, { action: "unlink" }) : "";
  const link = `<form method="post"><input type="hidden" name="action" value="link">${select("igId", page.igId ? "Another account" : "Account", others)}<button>Link account</button></form>`;
  return card(
    "Linked account",
    accountWords(emulator, page),
    `${unlink}<div class="actions" style="display:block">${link}</div>`,
  );
}

function rolesCard({ emulator }: Visit, page: Page): string {
  const forms = emulator.world.people.map((person) => {
    const tasks = page.roles.find((role) => role.personId === person.id)?.tasks ?? null;
    const has = (task: string) =>
      tasks?.some((one) => [task, `PROFILE_PLUS_${task}`, "PROFILE_PLUS_FULL_CONTROL"].includes(one)) ?? false;
    const ticks = TASKS.map((task) => tick("task", task, task, has(task))).join("");
    const remove = tasks ? `<button class="danger" name="remove" value="1">Remove from Page</button>` : "";
    return `<details${tasks ? " open" : ""}><summary>${escapeHtml(person.name)}${tasks ? "" : " (no role)"}</summary><form method="post"><input type="hidden" name="action" value="role"><input type="hidden" name="person" value="${escapeHtml(person.id)}"><div class="fields" style="margin-top:10px">${ticks}</div><div class="actions" style="margin:0 0 14px"><button>${tasks ? "Save tasks" : "Give a role"}</button>${remove}</div></form></details>`;
  });
  return card(
    "Page access",
    "What each person may do. Reading and answering messages takes MESSAGING, subscribing apps MODERATE.",
    forms.join(""),
  );
}

function appsCard({ emulator }: Visit, page: Page): string {
  const listening = emulator.world.subscriptions.filter((one) => one.pageId === page.id);
  if (listening.length === 0) return card("Connected apps", "No app gets this Page's events.", "");
  const list = listening.map((one) => ({
    title: emulator.app(one.appId)?.name ?? one.appId,
    small: one.fields.join(", "),
    after: postButton({ label: "Drop subscription", kind: "danger" }, { action: "drop", app: one.appId }),
  }));
  return card(
    "Connected apps",
    "Meta drops a subscription by itself after an hour of failures.",
    rows("Connected apps", list),
  );
}

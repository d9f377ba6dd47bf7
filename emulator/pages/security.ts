import { changeTokens } from "../control/tokens";
import { card, postButton } from "./parts";
import { doneWords, inputOf, type Visit, type Visited } from "./visit";

const PLACE = "/facebook/security";
const ACTIONS: Record<string, string> = {
  "password-change": "Your password was changed. Apps have to ask you again.",
  revoke: "You were logged out everywhere.",
  expire: "All sessions have ended.",
  checkpoint: "Facebook wants you to confirm who you are before apps may go on.",
  restore: "All is well again: what ended here works as before.",
};

/** A person's password and sessions; whatever ends here ends for the apps too. */
export function security(visit: Visit): Visited {
  const { emulator, person, form } = visit;
  const action = form.get("action") ?? "";
  if (action in ACTIONS) {
    changeTokens(emulator, inputOf({ person: person.id, action }));
    return { to: PLACE, done: action };
  }
  const button = (label: string, value: string, kind?: "danger") => postButton({ label, kind }, { action: value });
  return {
    title: "Password and security",
    place: PLACE,
    notice: doneWords(visit, ACTIONS),
    content: `${card("Password", "Every app has to ask you again afterwards (190/460).", button("Change password", "password-change"))}
${card("Where you are logged in", "Ends the sessions of this person, those of apps too: by hand (190/467), or because they ran out (190/463).", `<div class="actions">${button("Log out everywhere", "revoke")}${button("Let sessions run out", "expire")}</div>`)}
${card("What Facebook may do", "A check of who you are, until it is passed (190/459); or everything back as it was, which only an emulator can.", `<div class="actions">${button("Ask for a check", "checkpoint", "danger")}${button("Undo all of this", "restore")}</div>`)}`,
  };
}

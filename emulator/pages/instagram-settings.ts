import { mediaUrl } from "../cdn/media-url";
import { changeAccount } from "../control/grants";
import { pagesOf } from "../login/granted-pages";
import { card, postButton, rows, search, state } from "./parts";
import { doneWords, inputOf, type Visit, type Visited } from "./visit";

const PLACE = "/facebook/instagram";
const WORDS: Record<string, string> = {
  access: "Apps may read the messages of the account again.",
  noaccess: "Apps may no longer read the messages of the account.",
  professional: "The account is a professional one now.",
  personal: "The account is a personal one now.",
};

/** What owners change in the Instagram app about their accounts. */
export function instagramSettings(visit: Visit): Visited {
  const { emulator, person, form } = visit;
  const done = change(visit, form.get("account"), form.get("action") ?? "");
  if (done) return { to: PLACE, done };
  const accounts = pagesOf(emulator, person.id).flatMap((page) => emulator.index.businesses.get(page.igId ?? "") ?? []);
  const list = rows(
    "Instagram accounts",
    accounts.map((one) => ({
      title: `@${one.username}`,
      small: emulator.index.pageOfAccount(one.igId)?.name,
      picture: mediaUrl(emulator, one.avatarId),
      after: `${state(one.professional ? "Professional" : "Personal", one.professional)}${state(one.allowMessages ? "Access to messages on" : "Access to messages off", one.allowMessages)}
${postButton({ label: one.allowMessages ? "Turn access off" : "Turn access on", name: `Turn access to messages of @${one.username} ${one.allowMessages ? "off" : "on"}` }, { account: one.igId, action: one.allowMessages ? "noaccess" : "access" })}
${postButton({ label: one.professional ? "Switch to personal" : "Switch to professional", name: `Switch @${one.username} to a ${one.professional ? "personal" : "professional"} account` }, { account: one.igId, action: one.professional ? "personal" : "professional" })}`,
    })),
  );
  return {
    title: "Instagram accounts",
    place: PLACE,
    notice: doneWords(visit, WORDS),
    content: card(
      "Settings of the Instagram app",
      "Messages and story replies → Message controls → Connected tools → Allow access to messages; and Account type and tools.",
      accounts.length > 0 ? `${search(accounts.length)}${list}` : "<p>None of this person's Pages has an account.</p>",
    ),
  };
}

function change({ emulator }: Visit, account: string | null, action: string): string | null {
  if (!account || !(action in WORDS)) return null;
  const setting =
    action === "access" || action === "noaccess"
      ? { allowMessages: action === "access" }
      : { professional: action === "professional" };
  changeAccount(emulator, account, inputOf(setting));
  return action;
}

import { isAppError } from "../errors";
import type { GraphFailure } from "./graph-read";
import { isBusinessLogin, loginRedirectUri } from "./login-dialog";

export type LoginProblem =
  | "denied"
  | "app_not_live"
  | "code_used"
  | "redirect_mismatch"
  | "wrong_secret"
  | "not_ours"
  | "other_person"
  | "unreachable"
  | "login_over"
  | "refused";

type Words = { title: string; text: string };

/** What a person reads when the login led nowhere: what happened and what to do next. */
export function loginProblemWords(problem: string): Words {
  return WORDS[problem as LoginProblem]?.() ?? WORDS.refused();
}

const WORDS: Record<LoginProblem, () => Words> = {
  denied: () => ({
    title: "Facebook's dialog was closed",
    text: isBusinessLogin()
      ? "Nothing was connected and nothing has changed. This app gets all permissions in Facebook's dialog or none: when you are ready, try again, leave them as they are and press “Continue”."
      : "Nothing was connected and nothing has changed. When you are ready, try again and press “Continue” in Facebook's dialog.",
  }),
  app_not_live: () => ({
    title: "The Facebook app is not open to everyone yet",
    text: "While the app is in development mode, only people with a role on it can log in. Who runs this desk publishes the app, or gives you the role of a tester at developers.facebook.com → App roles; then try again.",
  }),
  code_used: () => ({
    title: "This login was used already",
    text: "Facebook's answer counts once and for ten minutes. Try again from the beginning.",
  }),
  redirect_mismatch: () => ({
    title: "Facebook does not know this desk's address",
    text: `Who runs this desk adds exactly ${loginRedirectUri()} to “Valid OAuth Redirect URIs” in the Facebook app's login settings; then try again.`,
  }),
  wrong_secret: () => ({
    title: "Facebook does not accept this desk's app secret",
    text: "Who runs this desk compares FACEBOOK_APP_ID and FACEBOOK_APP_SECRET with the Facebook app's dashboard; then try again.",
  }),
  not_ours: () => ({
    title: "This login belongs to another Facebook app",
    text: "Nothing was connected. Start again from here, and only from here.",
  }),
  other_person: () => ({
    title: "This login belongs to another person",
    text: "What came back is not the login of the person in Facebook's window. Nothing was connected. Start again from here.",
  }),
  unreachable: () => ({
    title: "Facebook did not answer",
    text: "Nothing was connected. Try again in a minute.",
  }),
  login_over: () => ({
    title: "Facebook ended this login",
    text: "The permission was withdrawn, or Facebook wants you to log in anew. Try again.",
  }),
  refused: () => ({
    title: "Facebook refused the login",
    text: "Nothing was connected. Try again; if it repeats, who runs this desk finds Facebook's reason in the log.",
  }),
};

/** Names what went wrong while a code was turned into a login. */
export function loginProblemOf(error: unknown): LoginProblem {
  if (!isAppError(error) || error.code !== "graph_failed") throw error;
  const { code, subcode, class: kind, said } = error.details as GraphFailure;
  if (NOT_LIVE.test(said)) return "app_not_live";
  if (code === 101 || (code === 1 && /secret/i.test(said))) return "wrong_secret";
  if (subcode === 36008 || /redirect_uri/.test(said)) return "redirect_mismatch";
  if (subcode === 36009 || subcode === 36007 || /code has (been used|expired)/.test(said)) return "code_used";
  if (kind === "none" || kind === "retry" || kind === "wait") return "unreachable";
  return kind === "reconnect" ? "login_over" : "refused";
}

/** Meta has no code of its own for this. */
const NOT_LIVE = /not (active|live|available)|development mode|developer role|tester/i;

/** Reads a refusal that the dialog itself sent back. */
export function dialogProblem(query: URLSearchParams): LoginProblem {
  const said = `${query.get("error_description") ?? ""} ${query.get("error_message") ?? ""}`;
  if (NOT_LIVE.test(said)) return "app_not_live";
  return query.get("error") === "access_denied" ? "denied" : "refused";
}

import type { Finding } from "../../inbox/channel-finding";
import type { Ctx } from "../../inbox/context";
import { type RememberedLogin, readLoginMemory } from "../../inbox/read-login-memory";
import { installationApp } from "../facebook-apps";
import { loginRedirectUri } from "../login-dialog";
import { loginProblemWords } from "../login-problems";
import { REQUIRED_SCOPES, type RequiredScope } from "../login-scopes";
import { webhookAddress } from "../webhook-address";
import { badFinding } from "./error-cause";
import { inspectApp } from "./inspect-app";
import { findLoginTrap, type LoginTrap } from "./login-trap";
import { type DoctorLineView, viewLines } from "./read-doctor";

export type FirstDoctorView = {
  lines: DoctorLineView[];
  trap: LoginTrap | null;
  /** What has to stand in the app's settings at Meta. */
  addresses: { redirect: string; webhook: string };
};

/** What can be known before any account is connected: from the settings, the app, and the last login of the day. */
export async function readFirstDoctor(ctx: Ctx): Promise<FirstDoctorView> {
  const logins = await readLoginMemory(ctx);
  const app = installationApp();
  const appFindings = await inspectApp(app, null);
  const last = logins.find(({ channelId }) => channelId === null);
  // An app that Facebook refuses explains every login that failed.
  const refused = appFindings.some(({ line }) => line === "sign_in");
  const found = [...(refused ? [] : signInFindings(last)), ...appFindings];
  return {
    lines: viewLines(
      found,
      { username: "the account", pageName: "the Page", connectedAs: last?.personName },
      app.id,
    ).map(untilConnected),
    trap: findLoginTrap(
      logins.filter(({ channelId }) => channelId === null),
      null,
    ),
    addresses: { redirect: loginRedirectUri(), webhook: webhookAddress(app) },
  };
}

function signInFindings(last: RememberedLogin | undefined): Finding[] {
  if (!last) return [];
  if (last.problem !== null) {
    const { title, text } = loginProblemWords(last.problem);
    return [badFinding({ line: "sign_in", code: "told" }, { problem: `${title}. ${text}`, at: last.at })];
  }
  const { permissions } = last;
  return [
    { line: "sign_in", state: "good", code: "signed_in", evidence: { at: last.at } },
    ...(Object.keys(REQUIRED_SCOPES) as RequiredScope[]).map((scope): Finding => {
      const line = `permission:${scope}` as const;
      const granted = permissions?.[scope] === "granted";
      return granted ? { line, state: "good", code: "granted", evidence: {} } : badFinding({ line, code: "missing" });
    }),
  ];
}

const LATER: Record<string, string> = {
  sign_in: "Cannot be known until somebody logs in with Facebook to connect an account.",
  page_role: "Cannot be known until you have logged in with Facebook: the list of Pages there says it of each.",
  page_link: "Cannot be known until you have logged in with Facebook: the list of Pages there says it of each.",
  professional_account:
    "Cannot be known until you have logged in with Facebook: the list of Pages there says it of each.",
};

/** What nobody has looked at is not overdue here: it comes with the account. */
function untilConnected(line: DoctorLineView): DoctorLineView {
  if (line.tone !== "unknown" || line.sentence !== "Not looked at yet.") return line;
  const permission = line.line.startsWith("permission:") ? LATER.sign_in : undefined;
  return { ...line, sentence: LATER[line.line] ?? permission ?? "Cannot be known until an account is connected." };
}

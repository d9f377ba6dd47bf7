import type { ConnectAnswer } from "../inbox/answer-connect-attempt";
import { installationApp } from "./facebook-apps";
import { prolongToken } from "./login-exchange";
import { readLoginPerson } from "./login-person";
import type { LoginProblem } from "./login-problems";
import { inspectToken } from "./login-token";

/**
 * Takes a user token for a login only after Facebook has said that it belongs to this desk's app and to that person.
 * @param claimed who the browser says it is; null when the token did not come through a browser
 * @throws AppError graph_failed
 */
export async function trustLogin(userToken: string, claimed: string | null): Promise<ConnectAnswer> {
  const app = installationApp();
  const { valid, appId, type, personId } = await inspectToken(userToken, app);
  if (appId !== app.id) return refuse("not_ours");
  if (!valid) return refuse("login_over");
  // A system user's token has no end, and comes by code alone.
  const lasting = type === "SYSTEM_USER" && claimed === null;
  if (type !== "USER" && !lasting) return refuse("not_ours");
  if (personId === null || (claimed !== null && personId !== claimed)) return refuse("other_person");
  const token = lasting ? userToken : await prolongToken(userToken);
  const login = await readLoginPerson(token);
  return login.person.id === personId ? { userToken: token, ...login } : refuse("other_person");
}

function refuse(problem: LoginProblem): ConnectAnswer {
  return { problem };
}

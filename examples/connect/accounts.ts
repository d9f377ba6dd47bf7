import { redirect, sendPage } from "./answer";
import { DeskError, type Integration } from "./desk";
import { FacebookError, type Page } from "./facebook";
import { accountsPage, askAgainPage } from "./pages";
import { missingPermissions, NO_PAGES, type Problem, problemOf } from "./problems";
import { readForm } from "./request";
import { loginOf } from "./sessions";
import type { Site, Visit } from "./site";

export async function showAccounts(site: Site, visit: Visit): Promise<void> {
  await listAccounts(site, visit, 200, null);
}

/** Connects the account of the Page that the person chose: from here on the desk has its token, and this site forgets the login. */
export async function chooseAccount(site: Site, visit: Visit): Promise<void> {
  const { request, response, session } = visit;
  const form = await readForm(request, site.settings.siteUrl);
  const login = loginOf(session);
  if (!login) return redirect(response, "/?problem=stale");
  const pageId = form.get("page") ?? "";
  if (!/^\d{1,30}$/.test(pageId)) return listAccounts(site, visit, 422, problemOf("choose"));
  try {
    const page = await site.facebook.pageWithToken(login.userToken, pageId);
    const obstacle = page.obstacle ?? (page.token === null ? "Facebook gives us no access to this Page." : null);
    if (obstacle !== null || page.token === null) throw new DeskError(`${page.name}: ${obstacle}`);
    const integration = await site.desk.connect({ id: page.id, token: page.token });
    session.login = null;
    session.account = {
      integrationId: integration.id,
      username: integration.businessUsername,
      notice: noticeOf(integration),
    };
    redirect(response, "/inbox");
  } catch (error) {
    if (!(error instanceof DeskError) && !(error instanceof FacebookError)) throw error;
    const problem = { title: "This account could not be connected", text: error.message };
    return listAccounts(site, visit, 422, problem);
  }
}

async function listAccounts(site: Site, { response, session }: Visit, status: number, problem: Problem | null) {
  const login = loginOf(session);
  if (!login) return redirect(response, "/?problem=stale");
  const { person, missing, userToken } = login;
  let pages: Page[];
  try {
    pages = await site.facebook.pages(userToken);
  } catch (error) {
    console.error(error instanceof Error ? error.message : "The Pages could not be listed.");
    return redirect(response, "/?problem=unavailable");
  }
  const { siteName } = site.settings;
  const needed = missing.length > 0 ? missingPermissions(missing) : pages.length === 0 ? NO_PAGES : null;
  if (needed) return sendPage(response, status, askAgainPage({ siteName, problem: needed }));
  sendPage(response, status, accountsPage({ siteName, person, pages, problem }));
}

function noticeOf({ status, webhookSetup }: Integration): string | null {
  if (status === "active") return null;
  return `${webhookSetup?.reason ?? "The connection is not complete."} We have been told and will mend it.`;
}

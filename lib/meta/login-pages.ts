import { z } from "zod";
import { isAppError } from "../errors";
import { log } from "../log";
import { installationApp } from "./facebook-apps";
import type { GraphRequest } from "./graph-client";
import { listGraph } from "./graph-list";
import { type GraphFailure, readGraph } from "./graph-read";
import { inParallel } from "./in-parallel";
import { type LoginPage, pageFields, parsePage } from "./page-node";

const TIMEOUT_MS = 15_000;
/** Calls at a time. */
const WIDTH = 4;
/** Ticked Pages that no list shows are looked up one by one: one that is gone would fail all of a batch. */
const MOST_LOOKUPS = 100;

const portfolio = z.object({ id: z.string().min(1), name: z.string().catch("without a name") });

type Token = NonNullable<GraphRequest["token"]>;

export type LoginPages = {
  pages: LoginPage[];
  /** Business portfolios whose Pages Facebook did not tell this time. */
  untold: string[];
};

/**
 * Every Page of this login: those of the person, those of their business portfolios (own and clients'), and those that
 * were ticked in the dialog but stand in no list. @throws AppError graph_failed
 */
export async function listLoginPages(
  userToken: string,
  options: {
    withAccounts: boolean;
    /** Whether business_management was given. */
    withPortfolios: boolean;
    /** Ids of the Pages that were ticked in the dialog; null: all. */
    ticked: () => Promise<string[] | null>;
  },
): Promise<LoginPages> {
  const token = { value: userToken, appSecret: installationApp().secret };
  const fields = pageFields(options);
  const [own, portfolios] = await Promise.all([
    listGraph("/me/accounts", fields, token),
    options.withPortfolios ? listPortfolios(fields, token) : { pages: [], untold: [] },
  ]);
  const pages = new Map<string, LoginPage>();
  for (const page of [...own.map((raw) => parsePage(raw)), ...portfolios.pages]) {
    const known = page && pages.get(page.id);
    if (page) pages.set(page.id, known ? merged(known, page) : page);
  }
  const ticked = (await options.ticked()) ?? [];
  const unlisted = ticked.filter((id) => !pages.has(id)).slice(0, MOST_LOOKUPS);
  for (const page of await inParallel(unlisted, WIDTH, (id) => findPage(id, fields, token))) {
    if (page) pages.set(page.id, page);
  }
  return { pages: [...pages.values()], untold: portfolios.untold };
}

/** One Page, in the name of the person. @returns null when the login does not reach it. @throws AppError graph_failed */
export async function readLoginPage(
  userToken: string,
  pageId: string,
  options: { withAccounts: boolean },
): Promise<LoginPage | null> {
  if (!/^\d{1,30}$/.test(pageId)) return null;
  return findPage(pageId, pageFields(options), { value: userToken, appSecret: installationApp().secret });
}

async function listPortfolios(
  fields: string,
  token: Token,
): Promise<{ pages: (LoginPage | null)[]; untold: string[] }> {
  const told = await tolerantly("/me/businesses", "id,name", token);
  if (!told) return { pages: [], untold: ["your business portfolios"] };
  const edges = told
    .flatMap((raw) => portfolio.safeParse(raw).data ?? [])
    .flatMap(({ id, name }) => ["owned_pages", "client_pages"].map((edge) => ({ path: `/${id}/${edge}`, name })));
  const lists = await inParallel(edges, WIDTH, ({ path }) => tolerantly(path, fields, token));
  return {
    pages: edges.flatMap(({ name }, n) => (lists[n] ?? []).map((raw) => parsePage(raw, name))),
    untold: [...new Set(edges.filter((_, n) => lists[n] === null).map(({ name }) => name))],
  };
}

/** A portfolio that cannot be read hides its own Pages and no others. @returns null when Facebook did not tell */
async function tolerantly(path: string, fields: string, token: Token): Promise<unknown[] | null> {
  try {
    return await listGraph(path, fields, token);
  } catch (error) {
    if (!isAppError(error) || error.code !== "graph_failed") throw error;
    if ((error.details as GraphFailure).class === "reconnect") throw error;
    log.warn({ path, reason: error.message }, "a business portfolio was not told");
    return null;
  }
}

async function findPage(pageId: string, fields: string, token: Token): Promise<LoginPage | null> {
  try {
    const raw = await readGraph(
      { method: "GET", path: `/${pageId}`, params: { fields }, token, timeoutMs: TIMEOUT_MS },
      z.unknown(),
    );
    const page = parsePage(raw);
    return page?.id === pageId ? page : null;
  } catch (error) {
    if (!isAppError(error) || error.code !== "graph_failed") throw error;
    const { class: kind, code } = error.details as GraphFailure;
    // Not told for want of a right is an answer; no answer, or a login that is over, is none.
    if (kind === "none" || kind === "retry" || kind === "wait" || code === 190 || code === 102) throw error;
    return null;
  }
}

/** The same Page over two edges: what one of them tells stands. */
function merged(known: LoginPage, other: LoginPage): LoginPage {
  return {
    ...known,
    tasks: known.tasks ?? other.tasks,
    account: known.account ?? other.account,
    otherAccount: known.otherAccount ?? other.otherAccount,
    token: known.token ?? other.token,
    portfolio: known.portfolio ?? other.portfolio,
  };
}

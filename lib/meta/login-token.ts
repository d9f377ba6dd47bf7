import { z } from "zod";
import { isAppError } from "../errors";
import { appToken, type FacebookApp } from "./facebook-apps";
import { type GraphFailure, readGraph } from "./graph-read";

const TIMEOUT_MS = 10_000;

// Old answers carry ids as numbers; one that does not fit into a number was rounded on its way and equals nothing.
const id = z.union([z.string(), z.number().int().transform(String)]);

const debugAnswer = z.object({
  data: z.object({
    is_valid: z.boolean().catch(false),
    application: z.string().optional().catch(undefined),
    // Here, and only here, the subcode has a name of its own.
    error: z
      .object({ code: z.coerce.number(), subcode: z.coerce.number().nullish().catch(null) })
      .nullish()
      .catch(null),
    app_id: id.optional().catch(undefined),
    type: z.string().optional().catch(undefined),
    user_id: id.optional().catch(undefined),
    profile_id: id.optional().catch(undefined),
    expires_at: z.number().optional().catch(undefined),
    data_access_expires_at: z.number().optional().catch(undefined),
    scopes: z.array(z.string()).catch([]),
    granular_scopes: z.array(z.object({ scope: z.string(), target_ids: z.array(id).nullish() })).catch([]),
  }),
});

export type InspectedToken = {
  valid: boolean;
  /** Why it is not valid, as Meta's codes have it. */
  error: { code: number; subcode: number | null } | null;
  appId: string | null;
  appName: string | null;
  /** USER, PAGE, SYSTEM_USER or APP. */
  type: string | null;
  /** The Facebook person, as this app knows them. */
  personId: string | null;
  /** The Page of a Page token. */
  pageId: string | null;
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null;
  /** When the person has to confirm the access to data anew; milliseconds since 1970, null: never, or not told. */
  dataAccessExpiresAt: number | null;
  scopes: string[];
  /** Assets chosen in the dialog, by permission; a permission that is not there is for all, also for future ones. */
  targets: Map<string, string[]>;
};

/** Asks Meta what a token is good for, in the name of the app that it should belong to. @throws AppError graph_failed */
export async function inspectToken(value: string, app: FacebookApp): Promise<InspectedToken> {
  const { data } = await askAbout(value, app);
  const chosen = data.granular_scopes.flatMap(({ scope, target_ids }) =>
    target_ids?.length ? [[scope, target_ids] as const] : [],
  );
  return {
    valid: data.is_valid,
    error: data.error ? { code: data.error.code, subcode: data.error.subcode ?? null } : null,
    appId: data.app_id ?? null,
    appName: data.application?.trim() || null,
    type: data.type?.toUpperCase() ?? null,
    personId: data.user_id ?? null,
    pageId: data.profile_id ?? null,
    expiresAt: milliseconds(data.expires_at),
    dataAccessExpiresAt: milliseconds(data.data_access_expires_at),
    scopes: data.scopes,
    targets: new Map(chosen),
  };
}

async function askAbout(value: string, app: FacebookApp): Promise<z.output<typeof debugAnswer>> {
  try {
    return await readGraph(
      {
        method: "GET",
        path: "/debug_token",
        // The one call where Meta takes a token in no other place than the address.
        params: { input_token: value },
        token: appToken(app),
        timeoutMs: TIMEOUT_MS,
      },
      debugAnswer,
    );
  } catch (error) {
    if (!isAppError(error) || error.code !== "graph_failed") throw error;
    // Of another app's token Meta tells nothing at all.
    if (!FOREIGN.test((error.details as GraphFailure).said)) throw error;
    return debugAnswer.parse({ data: { is_valid: false, app_id: OTHER_APP } });
  }
}

const FOREIGN = /did not match the viewing app|owner or developer of the app/i;
/** No app has this number. */
const OTHER_APP = "0";

/** Meta's 0 is never. */
function milliseconds(seconds: number | undefined): number | null {
  return seconds ? seconds * 1000 : null;
}

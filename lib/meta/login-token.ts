import { z } from "zod";
import { env } from "../env";
import { readGraph } from "./graph-read";

const TIMEOUT_MS = 10_000;

// Old answers carry ids as numbers; one that does not fit into a number was rounded on its way and equals nothing.
const id = z.union([z.string(), z.number().int().transform(String)]);

const debugAnswer = z.object({
  data: z.object({
    is_valid: z.boolean().catch(false),
    app_id: id.optional().catch(undefined),
    type: z.string().optional().catch(undefined),
    profile_id: id.optional().catch(undefined),
    expires_at: z.number().optional().catch(undefined),
    scopes: z.array(z.string()).catch([]),
    granular_scopes: z.array(z.object({ scope: z.string(), target_ids: z.array(id).nullish() })).catch([]),
  }),
});

export type InspectedToken = {
  valid: boolean;
  appId: string | null;
  /** USER, PAGE, SYSTEM_USER or APP. */
  type: string | null;
  /** The Page of a Page token. */
  pageId: string | null;
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null;
  scopes: string[];
  /** Assets chosen in the dialog, by permission; a permission that is not there is for all, also for future ones. */
  targets: Map<string, string[]>;
};

/** Asks Meta what a token is good for. @throws AppError graph_failed */
export async function inspectToken(value: string): Promise<InspectedToken> {
  const { FACEBOOK_APP_ID, FACEBOOK_APP_SECRET } = env();
  const { data } = await readGraph(
    {
      method: "GET",
      path: "/debug_token",
      // The one call where Meta takes a token in no other place than the address.
      params: { input_token: value },
      token: { value: `${FACEBOOK_APP_ID}|${FACEBOOK_APP_SECRET}`, appSecret: FACEBOOK_APP_SECRET },
      timeoutMs: TIMEOUT_MS,
    },
    debugAnswer,
  );
  const chosen = data.granular_scopes.flatMap(({ scope, target_ids }) =>
    target_ids?.length ? [[scope, target_ids] as const] : [],
  );
  return {
    valid: data.is_valid,
    appId: data.app_id ?? null,
    type: data.type?.toUpperCase() ?? null,
    pageId: data.profile_id ?? null,
    expiresAt: data.expires_at ? data.expires_at * 1000 : null,
    scopes: data.scopes,
    targets: new Map(chosen),
  };
}

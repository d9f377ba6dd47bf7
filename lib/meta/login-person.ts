import { z } from "zod";
import { installationApp } from "./facebook-apps";
import { readGraph } from "./graph-read";

const TIMEOUT_MS = 10_000;

const me = z.object({ id: z.string().min(1), name: z.string().optional() });
const permissions = z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) });

export type LoginPerson = {
  person: { id: string; name: string };
  /** granted, declined or expired, by permission. */
  permissions: Record<string, string>;
};

/** Who logged in, and what they allowed. @throws AppError graph_failed */
export async function readLoginPerson(userToken: string): Promise<LoginPerson> {
  const token = { value: userToken, appSecret: installationApp().secret };
  const common = { method: "GET", token, timeoutMs: TIMEOUT_MS } as const;
  const [person, given] = await Promise.all([
    readGraph({ ...common, path: "/me", params: { fields: "id,name" } }, me),
    readGraph({ ...common, path: "/me/permissions", params: { limit: 100 } }, permissions),
  ]);
  return {
    person: { id: person.id, name: person.name?.trim() || "Someone on Facebook" },
    permissions: Object.fromEntries(given.data.map(({ permission, status }) => [permission, status])),
  };
}

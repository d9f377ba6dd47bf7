import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireInside } from "./context";
import { selectUsers } from "./public-rows";
import type { UserDetails } from "./public-types";

/** A person with all that is known of them, by our id or by the integrator's. @throws AppError not_found */
export async function readUser(ctx: Ctx, input: { id: string } | { userExternalId: string }): Promise<UserDetails> {
  const { workspaceId } = requireInside(ctx);
  const own = sql`p.workspace_id = ${workspaceId}`;
  const [user] =
    "userExternalId" in input
      ? await selectUsers(ctx.db, sql`${own} and p.user_external_id = ${input.userExternalId}`)
      : isId(input.id)
        ? await selectUsers(ctx.db, sql`${own} and p.id = ${input.id}`)
        : [];
  if (!user) throw new AppError("not_found", "There is no such person.");
  return user;
}

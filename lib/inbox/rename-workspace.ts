import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, requireAdmin, write } from "./context";

export const WORKSPACE_NAME_LIMIT = 60;

/** The name that invitations and the desk show. @throws AppError forbidden, invalid */
export async function renameWorkspace(ctx: Ctx, input: { name: string }): Promise<void> {
  const { workspaceId } = requireAdmin(ctx);
  const name = input.name.toWellFormed().replaceAll("\u0000", "").replace(/\s+/gu, " ").trim();
  if (name === "") throw new AppError("invalid", "Give the workspace a name.");
  if ([...name].length > WORKSPACE_NAME_LIMIT) {
    throw new AppError("invalid", `A name has at most ${WORKSPACE_NAME_LIMIT} characters.`);
  }
  await write(ctx, async (tx) => {
    await tx.db.execute(sql`update workspace set name = ${name} where id = ${workspaceId}`);
    tx.record({ workspaceId, type: "members.changed" });
  });
}

import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { sealUserToken } from "./connect-secrets";
import { type Ctx, requireAdmin, write } from "./context";

export type ConnectAnswer =
  | { problem: string }
  | {
      userToken: string;
      /** The Facebook person in the dialog, who may be another than the member. */
      person: { id: string; name: string };
      /** Status by permission: granted, declined or expired. */
      permissions: Record<string, string>;
    };

/** Keeps what the login dialog led to, until an account is chosen. @throws AppError attempt_expired */
export async function answerConnectAttempt(
  ctx: Ctx,
  input: { attemptId: string; answer: ConnectAnswer },
): Promise<void> {
  const member = requireAdmin(ctx);
  const { attemptId, answer } = input;
  const login = "problem" in answer ? null : answer;
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute(sql`
      update connect_attempt set
        problem = ${"problem" in answer ? answer.problem : null},
        user_token_sealed = ${sql.param(login && sealUserToken(attemptId, login.userToken))},
        person_id = ${login?.person.id ?? null}, person_name = ${login?.person.name ?? null},
        permissions = ${login && JSON.stringify(login.permissions)}::jsonb
      where workspace_id = ${member.workspaceId} and member_id = ${member.id} and id = ${attemptId}
        and answered_at is not null and finished_at is null and expires_at > desk_now()
      returning id`);
    if (rows.length === 0)
      throw new AppError("attempt_expired", "Connecting took longer than 15 minutes. Start again.");
  });
}

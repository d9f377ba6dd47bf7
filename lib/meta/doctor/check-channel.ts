import type { Finding } from "../../inbox/channel-finding";
import type { Ctx } from "../../inbox/context";
import { type CheckTarget, readCheckTarget } from "../../inbox/read-check-target";
import { type CheckCause, recordCheck } from "../../inbox/record-check";
import { isBlocking } from "./blocking-findings";
import { diagnose } from "./doctor-lines";
import { doctorWords } from "./doctor-words";
import { inspectConnection } from "./inspect-connection";

export type CheckOutcome =
  /** Not connected any more. */
  | "gone"
  /** Facebook told nothing; what was known stands. */
  | "no_answer"
  | { cause: string | null; blocks: boolean };

/** Looks at a channel with its own key and keeps what it finds; a channel that is well again goes on by itself. */
export async function checkChannel(ctx: Ctx, input: { workspaceId: string; channelId: string }): Promise<CheckOutcome> {
  const target = await readCheckTarget(ctx, input);
  if (!target) return "gone";
  const { findings, key } = await inspectConnection(ctx, target);
  if (findings.length === 0) return "no_answer";
  const cause = causeOf(target, findings);
  await recordCheck(ctx, {
    ...input,
    connectedAt: target.connectedAt,
    findings,
    cause,
    expiry: key ? { tokenExpiresAt: key.expiresAt, dataAccessExpiresAt: key.dataAccessExpiresAt } : undefined,
  });
  return { cause: cause?.line ?? null, blocks: cause?.blocks ?? false };
}

/** What was not looked at this time counts as it was found last, unless that was another connection. */
function causeOf(target: CheckTarget, fresh: Finding[]): CheckCause | null {
  const lines = new Map<string, Finding>(
    target.known
      .filter(({ checkedAt }) => checkedAt >= (target.connectedAt ?? 0))
      .map((finding) => [finding.line, finding]),
  );
  for (const finding of fresh) lines.set(finding.line, finding);
  const bad = new Set([...lines.values()].filter(({ state }) => state === "bad").map(({ line }) => line));
  const { cause } = diagnose(bad);
  const finding = cause && lines.get(cause);
  if (!finding) return null;
  return { line: finding.line, problem: doctorWords(finding, target).sentence, blocks: isBlocking(finding) };
}

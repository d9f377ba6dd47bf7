import type { Finding, KnownFinding } from "../../inbox/channel-finding";
import type { Ctx } from "../../inbox/context";
import { type ChannelChecks, readChannelChecks } from "../../inbox/read-channel-checks";
import { readLoginMemory } from "../../inbox/read-login-memory";
import { DOCTOR_LINES, type DoctorLine, diagnose, isDoctorLine } from "./doctor-lines";
import { type Mend, mendsOf } from "./doctor-mends";
import { type DoctorFacts, doctorTitle, doctorWords, notYetWords, scopeOf, waitingWords } from "./doctor-words";
import { findLoginTrap, type LoginTrap } from "./login-trap";

/** One part of a connection as a screen shows it. */
export type DoctorLineView = {
  line: string;
  title: string;
  /** What Facebook calls it, where that is another word. */
  name: string | null;
  /** "soon": good, but something is to be done before long. */
  tone: "good" | "soon" | "bad" | "unknown";
  sentence: string;
  mends: Mend[];
  /** What the sentence speaks of: an end, the last evidence; milliseconds since 1970. */
  moment: { label: string; at: number } | null;
};

export type DoctorView = {
  /** False: nothing can be looked at, because the account is not connected. */
  connected: boolean;
  lines: DoctorLineView[];
  /** The one thing to mend first. */
  cause: DoctorLineView | null;
  /** Asking Facebook again was in vain: what it takes to make it forget. */
  trap: LoginTrap | null;
  checkedAt: number | null;
  history: { line: string; title: string; state: Finding["state"]; sentence: string; at: number }[];
};

/** A channel's health in words, with the one cause of whatever is wrong. @throws AppError not_found */
export async function readDoctor(ctx: Ctx, input: { channelId: string }): Promise<DoctorView> {
  const channel = await readChannelChecks(ctx, input);
  // What was found of an earlier connection says nothing about this one.
  const known = channel.known.filter(({ checkedAt }) => checkedAt >= (channel.connectedAt ?? 0));
  const lines = viewLines(withNamed(known, channel), channel, channel.facebookAppId);
  const cause = lines.find(({ tone }) => tone === "bad") ?? null;
  const asked = cause?.line.startsWith("permission:") ? await readLoginMemory(ctx) : [];
  return {
    connected: channel.connected,
    lines,
    cause,
    trap: findLoginTrap(asked, channel.pageId),
    checkedAt: known.length > 0 ? Math.max(...known.map(({ checkedAt }) => checkedAt)) : null,
    history: channel.history
      .filter(({ line }) => isDoctorLine(line))
      .map((finding) => ({
        ...doctorWords(finding, channel),
        line: finding.line,
        state: finding.state,
        at: finding.changedAt,
      })),
  };
}

/** The cause that the channel names stands above what was found before it, for instance when Facebook itself told of it. */
function withNamed(known: KnownFinding[], channel: ChannelChecks): Finding[] {
  const { problem, problemCode } = channel;
  if (problem === null || problemCode === null) return known;
  if (known.some(({ line, state }) => line === problemCode && state === "bad")) return known;
  const named: Finding = { line: problemCode, state: "bad", code: "told", evidence: { problem } };
  return [...known.filter(({ line }) => line !== problemCode), named];
}

/** Every part in the order in which it is read; exactly one of them is bad, whatever was found. */
export function viewLines(found: (Finding | KnownFinding)[], facts: DoctorFacts, appId: string): DoctorLineView[] {
  const byLine = new Map(found.map((finding) => [finding.line, finding]));
  const bad = new Set(found.filter(({ state }) => state === "bad").map(({ line }) => line));
  const { cause, waiting } = diagnose(bad);
  return DOCTOR_LINES.map((line) => {
    if (cause && waiting.has(line)) return greyLine(line, waitingWords(doctorTitle(cause)));
    const finding = byLine.get(line);
    return finding ? viewFinding(line, finding, facts, appId) : greyLine(line, notYetWords(line));
  });
}

function viewFinding(line: DoctorLine, finding: Finding, facts: DoctorFacts, appId: string): DoctorLineView {
  const soon = finding.code === "ends_soon";
  const { title, sentence } = doctorWords(finding, facts);
  const mends: Mend[] = finding.state === "bad" ? mendsOf(finding, appId) : [];
  return {
    line,
    title,
    name: scopeOf(line),
    tone: soon ? "soon" : finding.state,
    sentence,
    mends: soon ? mendsOf({ line, code: "expired" }, appId) : mends,
    moment: momentOf(finding),
  };
}

export function greyLine(line: DoctorLine, sentence: string): DoctorLineView {
  return { line, title: doctorTitle(line), name: scopeOf(line), tone: "unknown", sentence, mends: [], moment: null };
}

const MOMENTS: [name: string, label: string][] = [
  ["endsAt", "Ends"],
  ["lastDeliveryAt", "Last delivery"],
  ["at", "Last evidence"],
];

function momentOf({ evidence }: Finding): DoctorLineView["moment"] {
  for (const [name, label] of MOMENTS) {
    const at = evidence[name];
    if (typeof at === "number") return { label, at };
  }
  return null;
}

import type { Finding } from "../../inbox/channel-finding";
import type { DoctorLine } from "./doctor-lines";

export type ErrorCause = { line: DoctorLine; code: string };

/** What Meta's codes say about a login; the bare 190 says no more than that it is over. */
const LOGIN: Record<number, ErrorCause> = {
  458: { line: "sign_in", code: "app_removed" },
  459: { line: "sign_in", code: "checkpoint" },
  460: { line: "sign_in", code: "password_changed" },
  463: { line: "token", code: "expired" },
  464: { line: "sign_in", code: "unconfirmed" },
  467: { line: "sign_in", code: "logged_out" },
  492: { line: "page_role", code: "gone" },
};

/**
 * The part of a connection that an error of Graph's condemns, known by its code and never by its text; null when it
 * says nothing for certain about the connection itself. Only what a look at the connection finds again is named here.
 */
export function causeOfError(error: { code: number | null; subcode: number | null }): ErrorCause | null {
  const { code, subcode } = error;
  if (code === 102) return { line: "sign_in", code: "logged_out" };
  if (code === 190) return LOGIN[subcode ?? 0] ?? { line: "token", code: "invalid" };
  // Meta describes one of this family only; the others are observed to mean the same switch.
  if (code === 200 && subcode !== null && subcode >= 2534000 && subcode <= 2534099)
    return { line: "message_access", code: "off" };
  if (code === 100 && subcode === 2534013) return { line: "page_link", code: "unlinked" };
  return null;
}

/** Codes behind which something of the connection may be wrong, though not which; a bare 100 is also what a reset app secret gives. */
export function deservesCheck(error: { code: number | null; subcode: number | null; class: string }): boolean {
  const { code, subcode } = error;
  return (error.class === "ask" && [10, 25, 100, 200].includes(code ?? 0)) || (code === 100 && subcode === null);
}

export function badFinding(cause: ErrorCause, evidence: Finding["evidence"] = {}): Finding {
  return { ...cause, state: "bad", evidence };
}

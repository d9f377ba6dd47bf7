import { errorMessage } from "../errors";

const MAX_LENGTH = 500;

/** What stays with a job after a failed attempt: the message alone, at most 500 characters. */
export function failureReason(error: unknown): string {
  return shorten(errorMessage(error));
}

/** PostgreSQL's text refuses U+0000. */
export function shorten(reason: string): string {
  return reason.replaceAll("\0", "").slice(0, MAX_LENGTH);
}

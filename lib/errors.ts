/** What can go wrong in words that doors translate to a status once each. Known by `code`, never by `instanceof`: two bundles share one process. */
export type ErrorCode =
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "invalid"
  | "conflict"
  | "too_large"
  | "rate_limited"
  | "window_closed"
  | "channel_taken"
  | "channel_unusable"
  | "attempt_expired"
  | "graph_failed"
  | "configuration"
  | "data_dir_in_use"
  | "overloaded";

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}

const STATUS: Record<ErrorCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 422,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  window_closed: 409,
  channel_taken: 409,
  channel_unusable: 409,
  attempt_expired: 410,
  graph_failed: 502,
  configuration: 500,
  data_dir_in_use: 500,
  overloaded: 503,
};

export function isAppError(error: unknown): error is AppError {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && Object.hasOwn(STATUS, error.code)
  );
}

/** What a person is told of an error that nobody expected. */
export const UNEXPECTED = { code: "internal", message: "Something went wrong on the desk's side. Try again." };

/** PostgreSQL's code for a statement that took longer than it may, and pg's words for a pool with no free connection. */
const QUERY_CANCELED = "57014";
const NO_CONNECTION = "timeout exceeded when trying to connect";
/** PostgreSQL is not there, shuts down, starts, or takes no more connections; what pg says of a connection that broke. */
const UNREACHABLE = new Set(["ECONNREFUSED", "ECONNRESET", "57P01", "57P02", "57P03", "53300"]);
const BROKEN_CONNECTION = /^(Connection terminated|Client has encountered a connection error)/;

/** What a person is told of anything thrown; null when nobody expected it. */
export function toldError(error: unknown): AppError | null {
  if (isAppError(error)) return error;
  if (!(error instanceof Error)) return null;
  if (("code" in error && error.code === QUERY_CANCELED) || error.message === NO_CONNECTION) {
    return new AppError("overloaded", "The desk is very busy and could not answer in time. Try again in a moment.");
  }
  if (isUnreachable(error)) {
    return new AppError("overloaded", "The desk cannot reach its database at this moment. Try again in a moment.");
  }
  return toldError(error.cause);
}

function isUnreachable(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  const noSocket = code === "ENOENT" && "syscall" in error && error.syscall === "connect";
  return noSocket || UNREACHABLE.has(code) || BROKEN_CONNECTION.test(error.message);
}

/** HTTP status of an expected error; 500 for everything else. */
export function errorStatus(error: unknown): number {
  return isAppError(error) ? STATUS[error.code] : 500;
}

/** The message of anything thrown, for logs. Drizzle's own repeats the statement with its parameters, among them what people wrote; its cause does not. */
export function errorMessage(error: unknown): string {
  if (error instanceof Error && "query" in error && "params" in error)
    return errorMessage(error.cause ?? "a statement failed");
  return error instanceof Error ? error.message : String(error);
}

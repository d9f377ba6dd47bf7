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

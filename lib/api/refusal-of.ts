import { type AppError, toldError } from "../errors";
import { type ApiErrorCode, ApiRefusal, refuse } from "./api-refusal";

/** How an expected error of the desk is said in the public API; null for one that nobody expected. */
export function refusalOf(error: unknown): ApiRefusal | null {
  if (error instanceof ApiRefusal) return error;
  const told = toldError(error);
  if (!told) return null;
  const [status, code] = ANSWERS[told.code];
  return refuse(status, code, told.message);
}

const ANSWERS: Record<AppError["code"], [number, ApiErrorCode]> = {
  unauthenticated: [401, "unauthorized"],
  forbidden: [403, "forbidden"],
  not_found: [404, "not_found"],
  invalid: [400, "bad_request"],
  conflict: [409, "conflict"],
  too_large: [413, "payload_too_large"],
  rate_limited: [429, "too_many_requests"],
  window_closed: [400, "bad_request"],
  channel_taken: [400, "bad_request"],
  channel_unusable: [400, "bad_request"],
  attempt_expired: [400, "bad_request"],
  graph_failed: [400, "bad_request"],
  configuration: [503, "service_unavailable"],
  data_dir_in_use: [503, "service_unavailable"],
  overloaded: [503, "service_unavailable"],
};

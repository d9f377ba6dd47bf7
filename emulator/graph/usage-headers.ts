import type { GraphCall } from "./graph-call";

const CALLS_PER_HOUR = 20_000;

/** The headers that tell an app how much of its limits is used, in percent. */
export function usageHeaders(call: GraphCall): Record<string, string> {
  const used = Math.floor((call.emulator.requests.thisHour(call.emulator.now()) / CALLS_PER_HOUR) * 100);
  const percent = call.regainMinutes > 0 ? 100 : Math.min(99, used);
  const usage = { call_count: percent, total_time: percent, total_cputime: percent };
  const headers: Record<string, string> = {
    "facebook-api-version": call.version,
    "x-app-usage": JSON.stringify(usage),
  };
  const pageId = call.access?.token?.pageId;
  if (pageId) {
    const ofAccount = call.usedPercent === null ? usage : { ...usage, call_count: call.usedPercent };
    headers["x-business-use-case-usage"] = JSON.stringify({
      [pageId]: [{ type: "messenger", ...ofAccount, estimated_time_to_regain_access: call.regainMinutes }],
    });
  }
  return headers;
}

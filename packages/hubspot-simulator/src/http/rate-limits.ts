/** Counts calls as HubSpot does: ten rolling seconds per token, a day per account, searches per second. Used by http/app.ts. */
import { randomUUID } from "node:crypto";
import type { Limits } from "../options.ts";
import { ApiError } from "./api-error.ts";

export type PolicyName = "TEN_SECONDLY_ROLLING" | "DAILY" | "SECONDLY";

/** The body of a 429 has an errorType where others have a category. */
export function limitReached(policyName: PolicyName, retryAfterSeconds?: number): ApiError {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  const body = {
    message: `You have reached your ${policyName.toLowerCase()} limit.`,
    errorType: "RATE_LIMIT",
    policyName,
    requestId: randomUUID(),
  };
  return new ApiError(429, body, headers);
}

/** How many happened in the last `windowMs`. A ring of times, as long as the limit at most. */
type Window = { windowMs: number; times: number[] };

function countNow(window: Window, now: number): number {
  const oldest = now - window.windowMs;
  let gone = 0;
  while (gone < window.times.length && (window.times[gone] ?? 0) <= oldest) gone += 1;
  if (gone > 0) window.times.splice(0, gone);
  return window.times.length;
}

export type RateLimits = ReturnType<typeof rateLimits>;

export function rateLimits(settings: Limits, timeZone: string, now: () => number) {
  const calls: Window = { windowMs: 10_000, times: [] };
  const searches: Window = { windowMs: 1_000, times: [] };
  const forms: Window = { windowMs: 10_000, times: [] };
  const dayFormat = new Intl.DateTimeFormat("en-CA", { timeZone });
  let day = { name: "", endsAt: 0, used: 0 };

  /** The day turns at midnight of the account's own time zone; looked up once a day. */
  function today() {
    const at = now();
    if (at >= day.endsAt || day.name === "") {
      const name = dayFormat.format(at);
      day = { name, endsAt: endOfDay(name, at), used: name === day.name ? day.used : 0 };
    }
    return day;
  }

  function endOfDay(name: string, at: number): number {
    let low = at;
    let high = at + 26 * 3_600_000;
    while (high - low > 1_000) {
      const middle = Math.floor((low + high) / 2);
      if (dayFormat.format(middle) === name) low = middle;
      else high = middle;
    }
    return Math.floor(high / 1_000) * 1_000;
  }

  function take(window: Window, limit: number | null, policyName: PolicyName): void {
    if (limit === null) return;
    const at = now();
    if (countNow(window, at) >= limit) throw limitReached(policyName);
    window.times.push(at);
  }

  return {
    settings,
    /** Counts one call, or throws the 429 it has run into. A refused call counts for nothing. */
    countCall(kind: "search" | "forms" | "none" | undefined): void {
      if (kind === "none") return;
      if (kind === "forms") {
        take(forms, settings.formsPerTenSeconds, "TEN_SECONDLY_ROLLING");
        return;
      }
      if (settings.perDay !== null && today().used >= settings.perDay) throw limitReached("DAILY");
      if (kind === "search") take(searches, settings.searchesPerSecond, "SECONDLY");
      take(calls, settings.perTenSeconds, "TEN_SECONDLY_ROLLING");
      today().used += 1;
    },
    /** What every answer but a search's says about the limits. */
    headers(): Record<string, string> {
      const { perDay, perTenSeconds } = settings;
      const headers: Record<string, string> = {};
      if (perDay !== null) {
        headers["x-hubspot-ratelimit-daily"] = String(perDay);
        headers["x-hubspot-ratelimit-daily-remaining"] = String(Math.max(0, perDay - today().used));
      }
      if (perTenSeconds !== null) {
        headers["x-hubspot-ratelimit-interval-milliseconds"] = "10000";
        headers["x-hubspot-ratelimit-max"] = String(perTenSeconds);
        headers["x-hubspot-ratelimit-remaining"] = String(Math.max(0, perTenSeconds - countNow(calls, now())));
        headers["x-hubspot-ratelimit-secondly"] = String(Math.ceil(perTenSeconds / 10));
        headers["x-hubspot-ratelimit-secondly-remaining"] = String(Math.ceil(perTenSeconds / 10));
      }
      return headers;
    },
    usedToday: (): number => today().used,
    dayEndsAt: (): number => today().endsAt,
    reset(): void {
      for (const window of [calls, searches, forms]) window.times.length = 0;
      day = { name: "", endsAt: 0, used: 0 };
    },
  };
}

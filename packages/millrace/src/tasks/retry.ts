/** When a failed attempt is tried again. Source: mission, flow 3: 3 retries, 30 s × 2^n with jitter, cap 15 min. */
import { group, milliseconds, setting, share } from "../settings/setting.ts";

export interface RetryPolicy {
  /** Delay before the first retry; doubles each time. A whole number of milliseconds from 0 to 86,400,000. Default: 30,000. */
  readonly firstDelayMs: number;
  /** No delay is longer. A whole number of milliseconds from 0 to 2,592,000,000. Default: 900,000. */
  readonly maxDelayMs: number;
  /** Share of the delay that is random, so that tasks which failed together do not return together. A number from 0 to 1. Default: 0.2. */
  readonly jitter: number;
}

/** Source: mission, flow 3. */
export const retrySettings = group({
  firstDelayMs: setting("Delay before the first retry; doubles each time.", milliseconds({ min: 0 }).default(30_000)),
  maxDelayMs: setting("No delay is longer.", milliseconds({ min: 0, max: 30 * 86_400_000 }).default(900_000)),
  jitter: setting(
    "Share of the delay that is random, so that tasks which failed together do not return together.",
    share().default(0.2),
  ),
});

export const defaultRetryPolicy: RetryPolicy = retrySettings.parse({});

/**
 * Milliseconds to wait after the `attempt`-th attempt failed.
 * @param chance 0 (inclusive) to 1: where in the jitter the delay falls.
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number, chance: number): number {
  const grown = Math.min(policy.firstDelayMs * 2 ** (attempt - 1), policy.maxDelayMs);
  return Math.round(grown * (1 - policy.jitter * chance));
}

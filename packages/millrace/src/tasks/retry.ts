/** When a failed attempt is tried again. Source: mission, flow 3: 3 retries, 30 s × 2^n with jitter, cap 15 min. */

export interface RetryPolicy {
  /** Delay before the first retry; doubles each time. Default 30,000. */
  readonly firstDelayMs: number;
  /** No delay is longer. Default 900,000. */
  readonly maxDelayMs: number;
  /** Share of the delay that is random, so that tasks which failed together do not return together. Default 0.2. */
  readonly jitter: number;
}

export const defaultRetryPolicy: RetryPolicy = { firstDelayMs: 30_000, maxDelayMs: 900_000, jitter: 0.2 };

/**
 * Milliseconds to wait after the `attempt`-th attempt failed.
 * @param chance 0 (inclusive) to 1: where in the jitter the delay falls.
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number, chance: number): number {
  const grown = Math.min(policy.firstDelayMs * 2 ** (attempt - 1), policy.maxDelayMs);
  return Math.round(grown * (1 - policy.jitter * chance));
}

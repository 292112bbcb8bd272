/**
 * The arithmetic of pace: how far calls stand apart, how many moments one process takes at a time, who may still call
 * when the day is nearly used up. Pure; rate-budget.ts holds the row behind it.
 *
 * HubSpot counts calls in any ten seconds, so a bucket that may burst would have to stay below the limit by its burst.
 * Calls here stand evenly apart instead: at a share of 0.9 no ten seconds ever hold more than nine tenths of the limit.
 */
import type { HubspotLimits } from "./hubspot-settings.ts";

export type Lane = "calls" | "search";
export const URGENCIES = ["urgent", "normal", "bulk"] as const;
export type Urgency = (typeof URGENCIES)[number];

/** A moment not used so long after it came is gone: used later, it would stand too close to others. */
export const LATE_MS = 250;
/** One process takes no more than so much time ahead, so that another one's urgent call waits no longer. */
const AHEAD_MS = 500;
/** Searches are counted by the second, where a late one weighs more. */
const SEARCH_SHARE = 0.8;
/** Of a day's calls, what only urgent ones may use (R7). */
const DAY_RESERVE = 0.1;

/** Milliseconds between two calls. */
export function pauseBetween(lane: Lane, limits: HubspotLimits, share: number): number {
  const pauseMs =
    lane === "search"
      ? 1_000 / (limits.searchPerSecond * Math.min(share, SEARCH_SHARE))
      : 10_000 / (limits.perTenSeconds * share);
  // Rounded up: a hair too short would let one call more into ten seconds.
  return Math.ceil(pauseMs * 1_000) / 1_000;
}

/** How many moments to take for so many calls that wait: one round trip for all of them, within reason. */
export function blockFor(waiting: number, pauseMs: number): number {
  return Math.max(1, Math.min(waiting, Math.floor(AHEAD_MS / pauseMs)));
}

/** The moments of a block that begins at `from`. */
export function momentsOf(from: number, count: number, pauseMs: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i * pauseMs);
}

/** Those that may still be used. */
export function usable(moments: readonly number[], now: number): number[] {
  return moments.filter((moment) => moment + LATE_MS >= now);
}

/** Whether one more call fits into the day: the last tenth is for urgent ones. */
export function dayAllows(used: number, perDay: number, urgency: Urgency): boolean {
  return used <= (urgency === "urgent" ? perDay : perDay * (1 - DAY_RESERVE));
}

/** How long everyone pauses after HubSpot said no: what it asks for, else half a second, doubling, at most ten. */
export function pauseAfterRefusal(inARow: number, retryAfterMs: number | undefined): number {
  return retryAfterMs ?? Math.min(500 * 2 ** (inARow - 1), 10_000);
}

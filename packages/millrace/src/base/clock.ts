/**
 * Time as a value that is passed in. The engine asks a Clock; tests pass one they can turn.
 * Leases are the exception: they are judged by the database's clock alone, so that workers whose
 * clocks disagree still agree on who holds a task.
 */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is turned. */
export class ManualClock implements Clock {
  #now: number;

  constructor(start: number | string = "2026-03-02T09:00:00.000Z") {
    this.#now = typeof start === "number" ? start : Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  set(to: number | string): void {
    this.#now = typeof to === "number" ? to : Date.parse(to);
  }
}

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time in the words of a workflow: "90s", "30m", "4h", "2d", "250ms". */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d"}`;

/**
 * A duration in milliseconds.
 * @throws TypeError when the text is not a number followed by ms, s, m, h or d, or is negative.
 */
export function durationMs(duration: Duration): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration);
  const unit = UNITS[match?.[2] ?? ""];
  if (!match || unit === undefined) {
    throw new TypeError(
      `"${duration}" is not a duration. Expected a number and a unit, like "90s", "30m", "4h" or "2d".`,
    );
  }
  return Number(match[1]) * unit;
}

/** A breaker for each endpoint: after several failures in a row nothing is sent there for a while (R7). */

export class Circuits {
  readonly #failures = new Map<string, { inARow: number; restUntil: number }>();
  readonly #after: number;
  readonly #restMs: number;

  constructor(after = 5, restMs = 30_000) {
    this.#after = after;
    this.#restMs = restMs;
  }

  /** Milliseconds this endpoint still rests; 0 when it may be called. After a rest one failure is enough for the next. */
  restOf(endpoint: string, now: number): number {
    return Math.max(0, (this.#failures.get(endpoint)?.restUntil ?? 0) - now);
  }

  note(endpoint: string, isDown: boolean, now: number): void {
    if (!isDown) {
      this.#failures.delete(endpoint);
      return;
    }
    const inARow = (this.#failures.get(endpoint)?.inARow ?? 0) + 1;
    this.#failures.set(endpoint, { inARow, restUntil: inARow >= this.#after ? now + this.#restMs : 0 });
  }
}

/**
 * Calls of one handler: those under way, and those that stand in line behind them. A handler whose calls are over at once
 * would spend its time waiting for the database, one claim and one write for every few tasks; so as many tasks are
 * claimed for it as it does in a moment, and no more: what stands in line here, no other worker can take.
 */

/** What is claimed ahead would be begun within this time, as the calls before went. */
const MOMENT_MS = 50;
/** Of the mean, what the latest call counts. */
const WEIGHT_OF_LATEST = 0.2;
/** Not worth a claim of its own while so much of the line is still there. */
const REFILL_BELOW = 0.5;

export class PrefetchQueue<Call> {
  readonly underWay = new Set<Call>();
  readonly #most: number;
  #waiting: { readonly call: Call; readonly since: number }[] = [];
  /** How long a call takes; unknown, or of an agent that fails: as if it took for ever. */
  #meanMs = Number.POSITIVE_INFINITY;

  /** @param most calls to claim for at a time, however quick they are; fewer than can be under way: nothing ahead. */
  constructor(most: number) {
    this.#most = most;
  }

  /** How many calls it makes sense to claim tasks for now. @param concurrency calls that may be under way together. */
  room(concurrency: number): number {
    const begunInTime = Math.floor((concurrency * MOMENT_MS) / Math.max(this.#meanMs, 0.01));
    const all = Math.max(concurrency, Math.min(concurrency + begunInTime, this.#most));
    const taken = this.underWay.size + this.#waiting.length;
    const isShort = this.#waiting.length <= (all - concurrency) * REFILL_BELOW;
    return isShort ? Math.max(0, all - taken) : 0;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** @param since when it came, in milliseconds of any clock. */
  add(call: Call, since: number): void {
    this.#waiting.push({ call, since });
  }

  /** Takes the next call out of the line when there is a place for it. */
  next(concurrency: number): Call | undefined {
    if (this.underWay.size >= concurrency) return undefined;
    const call = this.#waiting.shift()?.call;
    if (call !== undefined) this.underWay.add(call);
    return call;
  }

  /** @param hasFailed an agent in trouble is given no more than it works at. */
  ended(call: Call, ms: number, hasFailed: boolean): void {
    this.underWay.delete(call);
    if (hasFailed) this.#meanMs = Number.POSITIVE_INFINITY;
    else if (this.#meanMs === Number.POSITIVE_INFINITY) this.#meanMs = Math.max(ms, MOMENT_MS);
    else this.#meanMs += (ms - this.#meanMs) * WEIGHT_OF_LATEST;
  }

  /**
   * Takes out those that came before a moment: their turn has not come, and someone else can do them sooner. So long as
   * no call has ended since, none is claimed ahead either.
   */
  leave(before = Number.POSITIVE_INFINITY): readonly Call[] {
    const left = this.#waiting.filter(({ since }) => since < before).map(({ call }) => call);
    this.#waiting = this.#waiting.filter(({ since }) => since >= before);
    if (left.length > 0) this.#meanMs = Number.POSITIVE_INFINITY;
    return left;
  }
}

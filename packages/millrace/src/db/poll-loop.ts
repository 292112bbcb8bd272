/**
 * A loop that does one kind of work: runs when poked, runs again at once while there is more to do,
 * looks on its own every `sweepMs`, and waits with growing patience after an error.
 * The runner, the dispatcher, the sweeps and every subscription turn on one of these.
 */
export interface PollLoopOptions {
  /** Does a piece of work. @returns true when there may be more to do at once. */
  readonly turn: () => Promise<boolean>;
  readonly sweepMs: number;
  readonly onError: (error: unknown, inARow: number) => void;
  /** Stands still so long after a turn, however often it is poked: for work no one waits for. Default 0. */
  readonly restMs?: number;
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 10_000;

export class PollLoop {
  readonly #options: PollLoopOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #wasPoked = false;
  #isStopped = true;
  #errorsInARow = 0;
  #isResting = false;

  constructor(options: PollLoopOptions) {
    this.#options = options;
  }

  start(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.trigger();
  }

  /** Something happened: run now, or once more when already running. */
  trigger(): void {
    if (this.#isStopped) return;
    this.#wasPoked = true;
    if (this.#running === undefined && this.#errorsInARow === 0 && !this.#isResting) this.#running = this.#run();
  }

  get isIdle(): boolean {
    return this.#running === undefined && !this.#wasPoked;
  }

  /** Resolves when the turns under way have come to an end. */
  async rested(): Promise<void> {
    await this.#running;
  }

  /** Lets the turn under way end, then stays still. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    let mayHaveMore = true;
    while (!this.#isStopped && (mayHaveMore || this.#wasPoked)) {
      this.#wasPoked = false;
      try {
        mayHaveMore = await this.#options.turn();
        this.#errorsInARow = 0;
      } catch (error) {
        this.#errorsInARow += 1;
        this.#options.onError(error, this.#errorsInARow);
        break;
      }
    }
    this.#running = undefined;
    if (!this.#isStopped) this.#sleep();
  }

  #sleep(): void {
    const patience = Math.min(FIRST_RETRY_MS * 2 ** (this.#errorsInARow - 1), LAST_RETRY_MS);
    const { sweepMs, restMs = 0 } = this.#options;
    this.#isResting = restMs > 0 && this.#errorsInARow === 0;
    const ms = this.#errorsInARow > 0 ? patience : this.#isResting ? restMs : sweepMs;
    this.#timer = setTimeout(() => {
      const hasRested = this.#isResting && !this.#wasPoked;
      this.#isResting = false;
      if (hasRested) return this.#sweepLater(sweepMs - restMs);
      if (!this.#isStopped && this.#running === undefined) this.#running = this.#run();
    }, ms);
  }

  #sweepLater(ms: number): void {
    this.#timer = setTimeout(
      () => {
        if (!this.#isStopped && this.#running === undefined) this.#running = this.#run();
      },
      Math.max(ms, 0),
    );
  }
}

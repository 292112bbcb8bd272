/**
 * Turns at the end of the log, within this process: who decides on how things stand there and then writes has to find them
 * as they were. Two who look and write at the same time would spoil each other's work; so they take turns, in the order
 * in which they ask. What other processes write is seen under the log's lock.
 */
export class LogTurns {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Does anyone wait for a turn? Who has it may then not go on for ever. */
  get isWanted(): boolean {
    return this.#waiting > 0;
  }

  /** Resolves when it is the caller's turn. */
  async take(): Promise<LogTurn> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#last;
    this.#last = promise;
    this.#waiting += 1;
    await before;
    this.#waiting -= 1;
    return new LogTurn(resolve);
  }
}

/** One turn. What is decided behind something that is being written belongs to the same one. */
export class LogTurn {
  readonly #end: () => void;
  #parts = 1;

  constructor(end: () => void) {
    this.#end = end;
  }

  get isOver(): boolean {
    return this.#parts === 0;
  }

  /** One more part of it, which is ended by itself. */
  goOn(): void {
    this.#parts += 1;
  }

  /** Ends a part; the turn ends with the last one. */
  end(): void {
    this.#parts -= 1;
    if (this.#parts === 0) this.#end();
  }
}

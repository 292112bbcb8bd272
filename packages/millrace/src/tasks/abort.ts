/** Ends a call whose result will not count. A signal is made when it is asked for: most agents do not. */
export class Abort {
  #controller: AbortController | undefined;
  isAborted = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.isAborted) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }

  #reason: Error | undefined;

  abort(reason: Error): void {
    this.isAborted = true;
    this.#reason ??= reason;
    this.#controller?.abort(this.#reason);
  }
}

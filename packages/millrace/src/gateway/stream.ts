/**
 * The log as server-sent events. Each client has a position and nothing else: what it has not seen is read from the
 * log, a page at a time, and only while it takes what was sent, so a slow one costs no memory and misses nothing.
 */
import type { ServerResponse } from "node:http";
import type { LogReader } from "../events/log-reader.ts";

const PAGE = 200;

export interface StreamOptions {
  readonly response: ServerResponse;
  /** The position the client has seen last; undefined: from now on. */
  readonly after: number | undefined;
  /** When its session ends, in milliseconds. */
  readonly expiresAt: number | undefined;
  readonly heartbeatMs: number;
}

export class Streams {
  readonly #log: LogReader;
  readonly #open = new Set<Stream>();

  constructor(log: LogReader) {
    this.#log = log;
  }

  /** Resolves when the client has gone or the gateway closes. */
  async serve(options: StreamOptions): Promise<void> {
    const stream = new Stream(this.#log, options);
    this.#open.add(stream);
    const forget = this.#log.onEvent(() => stream.wake());
    try {
      await stream.run();
    } finally {
      forget();
      this.#open.delete(stream);
      options.response.end();
    }
  }

  close(): void {
    for (const stream of this.#open) stream.close();
  }
}

class Stream {
  readonly #log: LogReader;
  readonly #options: StreamOptions;
  #isOpen = true;
  #isAwake = false;
  #wake: (() => void) | undefined;

  constructor(log: LogReader, options: StreamOptions) {
    this.#log = log;
    this.#options = options;
    options.response.on("close", () => this.close());
    options.response.on("error", () => this.close());
  }

  wake(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  close(): void {
    this.#isOpen = false;
    this.wake();
  }

  async run(): Promise<void> {
    const { response } = this.#options;
    let position = this.#options.after ?? (await this.#log.newestPosition());
    // The id at once: a client that is cut off before the first event goes on from here.
    response.write(`retry: 2000\nid: ${position}\nevent: ready\ndata: {}\n\n`);
    while (this.#isOpen && !this.#hasExpired) {
      this.#isAwake = false;
      const events = await this.#log.read(position, PAGE);
      const last = events.at(-1);
      if (last !== undefined) {
        position = last.position;
        const text = events.map((event) => `id: ${event.position}\ndata: ${JSON.stringify(event)}\n\n`).join("");
        if (!response.write(text)) await this.#pause("drain");
      }
      if (events.length < PAGE && !this.#isAwake) await this.#sleep();
    }
  }

  get #hasExpired(): boolean {
    return (this.#options.expiresAt ?? Number.POSITIVE_INFINITY) <= Date.now();
  }

  /** Until something commits; the heartbeat keeps proxies from cutting the line, and looks in case no wake-up came. */
  async #sleep(): Promise<void> {
    const { response, heartbeatMs } = this.#options;
    const timer = setTimeout(() => {
      response.write(": still here\n\n");
      this.wake();
    }, heartbeatMs);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#isAwake) resolve();
    });
    this.#wake = undefined;
    clearTimeout(timer);
  }

  /** Until the client has taken what was sent, or has gone. */
  async #pause(event: "drain"): Promise<void> {
    const { response } = this.#options;
    await new Promise<void>((resolve) => {
      const go = () => {
        response.off(event, go);
        response.off("close", go);
        resolve();
      };
      response.on(event, go);
      response.on("close", go);
      if (!this.#isOpen) go();
    });
  }
}

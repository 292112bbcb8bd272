/**
 * The log as server-sent events. Each client has a position and nothing else: what it has not seen is read from the
 * log, a page at a time, and only while it takes what was sent, so a slow one costs no memory and misses nothing.
 */
import type { ServerResponse } from "node:http";
import type { LogReader } from "../events/log-reader.ts";

const PAGE = 200;
/** What may mean that one who reads may no longer. */
const ENDS_SESSIONS: ReadonlySet<string> = new Set([
  "sessions_ended",
  "person_removed",
  "person_changed",
  "password_set",
  "api_key_revoked",
]);
/** The first page; the next ones grow while events are small. */
const FIRST_PAGE = 16;
/** So much is sent before the client has taken it, and about so much is read at once: a client that never reads costs no more. */
const UNREAD_BYTES = 262_144;

export interface StreamOptions {
  readonly response: ServerResponse;
  /** The position the client has seen last; undefined: from now on. */
  readonly after: number | undefined;
  /** When its session ends, in milliseconds. */
  readonly expiresAt: number | undefined;
  /** Whether who reads still may: asked at each heartbeat, and when someone signs out here. */
  readonly mayRead: () => Promise<boolean>;
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

  /** Who may no longer read is cut off: a session has ended, or a key was revoked. */
  async lookAgain(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => stream.lookAgain()));
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

  async lookAgain(): Promise<void> {
    if (!(await this.#options.mayRead())) this.close();
  }

  async run(): Promise<void> {
    const { response } = this.#options;
    let position = this.#options.after ?? (await this.#log.newestPosition());
    // The id at once: a client that is cut off before the first event goes on from here.
    response.write(`retry: 2000\nid: ${position}\nevent: ready\ndata: {}\n\n`);
    let page = FIRST_PAGE;
    while (this.#isOpen && !this.#hasExpired) {
      this.#isAwake = false;
      const sent = await this.#sendPage(position, page);
      position = sent.position;
      if (!sent.isTaken) await this.#drain();
      if (sent.isAll && !this.#isAwake) await this.#sleep();
      page = sent.bytes > UNREAD_BYTES / 2 ? Math.max(1, page >> 1) : Math.min(PAGE, page * 2);
    }
  }

  /** Sends what fits; what does not is read again when it does, and not kept. */
  async #sendPage(after: number, page: number) {
    const events = await this.#log.read(after, page);
    // Before anything of it is sent: who has just been put out reads no further, in this process or another.
    if (events.some(({ type }) => ENDS_SESSIONS.has(type))) await this.lookAgain();
    if (!this.#isOpen) return { position: after, isTaken: true, isAll: false, bytes: 0 };
    let position = after;
    let text = "";
    for (const event of events) {
      if (text.length > UNREAD_BYTES) break;
      text += `id: ${event.position}\ndata: ${JSON.stringify(event)}\n\n`;
      position = event.position;
    }
    const isAll = events.length < page && position === (events.at(-1)?.position ?? after);
    const isTaken = text === "" || this.#options.response.write(text);
    return { position, isTaken, isAll, bytes: text.length };
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
      // A database that does not answer just now cuts no one off: what is read next cannot be read either.
      this.lookAgain().catch(() => {});
    }, heartbeatMs);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#isAwake) resolve();
    });
    this.#wake = undefined;
    clearTimeout(timer);
  }

  /**
   * Until the client has taken what was sent, has gone, or may no longer read: then the line is cut, since what is still
   * unsent would be kept for as long as it does not read.
   */
  async #drain(): Promise<void> {
    const { response, heartbeatMs } = this.#options;
    const looking = setInterval(() => {
      if (this.#hasExpired) this.close();
      else this.lookAgain().catch(() => {});
    }, heartbeatMs);
    await new Promise<void>((resolve) => {
      const go = () => {
        response.off("drain", go).off("close", go);
        resolve();
      };
      response.on("drain", go).on("close", go);
      this.#wake = () => {
        if (this.#isOpen) return;
        response.destroy();
        go();
      };
      if (!this.#isOpen) go();
    });
    this.#wake = undefined;
    clearInterval(looking);
  }
}

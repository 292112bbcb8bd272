/**
 * The webhook's door: a delivery is kept as it came, in a table of its own, and HubSpot has its answer. Nothing here waits
 * for the log's lock: HubSpot gives up on an answer after five seconds, and the log may be busy. Taken later by
 * take-deliveries.ts. Group commit without a timer: while one commit is under way, what arrives gathers for the next.
 */
import { failpoint } from "../../../base/failpoint.ts";
import type { Database } from "../../../db/database.ts";
import { storeDeliveries } from "./delivery-rows.ts";

/** Deliveries in one commit, and the bytes of their bodies; one alone may be larger. */
const MOST = 50;
const MAX_BYTES = 4_000_000;

interface Arriving {
  readonly body: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class WebhookReceiver {
  readonly #db: Database;
  /** Told after each commit. */
  readonly #onKept: () => void;
  #arriving: Arriving[] = [];
  #pump: Promise<void> | undefined;

  constructor(db: Database, onKept: () => void) {
    this.#db = db;
    this.#onKept = onKept;
  }

  /** Resolves when the body is durable. */
  keep(body: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#arriving.push({ body, resolve, reject });
      this.#pump ??= this.#commitAll();
    });
  }

  /** Resolves when everything that arrived so far is kept or refused. */
  async drain(): Promise<void> {
    await this.#pump;
  }

  async #commitAll(): Promise<void> {
    while (this.#arriving.length > 0) await this.#commit(this.#nextGroup());
    this.#pump = undefined;
  }

  #nextGroup(): readonly Arriving[] {
    let bytes = 0;
    const end = this.#arriving.findIndex(({ body }, i) => {
      bytes += body.length;
      return i === MOST || (i > 0 && bytes > MAX_BYTES);
    });
    return this.#arriving.splice(0, end === -1 ? this.#arriving.length : end);
  }

  async #commit(group: readonly Arriving[]): Promise<void> {
    try {
      failpoint("before-webhook-kept");
      await storeDeliveries(
        this.#db,
        group.map(({ body }) => body),
      );
    } catch (error) {
      // HubSpot sends them again; kept after all, they are recognised then.
      for (const { reject } of group) reject(error);
      return;
    }
    failpoint("after-webhook-kept");
    this.#onKept();
    for (const { resolve } of group) resolve();
  }
}

/**
 * One of many processes leads. Leading is a session's advisory lock: it ends with the process, however that ends, and
 * the next one has it at once. A leader that is stopped but not dead keeps its session; see `depose`.
 * Leading is only an economy: whoever writes is fenced by the place it moves, so two leaders would do nothing twice.
 */

import type pg from "pg";
import { failpoint } from "../base/failpoint.ts";
import { type Database, endAtOnce, endSoon } from "./database.ts";

/** A leader asks so often whether its session is still there: one that went without a word leads no more. */
const ASK_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 5_000;

export class Leadership {
  readonly #db: Database;
  readonly #key: number;
  #client: pg.Client | undefined;
  #leads = false;
  #askedAt = 0;

  /** @param key tells one kind of leading from another; a 32-bit number. */
  constructor(db: Database, key: number) {
    this.#db = db;
    this.#key = key;
  }

  get leads(): boolean {
    return this.#leads;
  }

  /** Tries to lead, or goes on leading. @returns false while another process leads. */
  async lead(): Promise<boolean> {
    if (this.#leads && performance.now() - this.#askedAt < ASK_EVERY_MS) return true;
    const client = this.#client ?? (await this.#connect());
    try {
      // A lock that is held already is not taken twice: it would have to be given back twice.
      const { rows } = this.#leads
        ? await client.query("select true as leads")
        : await client.query("select pg_try_advisory_lock($1) as leads", [this.#key]);
      this.#leads = rows[0]?.leads === true;
      this.#askedAt = performance.now();
      if (this.#leads) failpoint("after-leadership");
      return this.#leads;
    } catch (error) {
      this.#forget(client);
      endAtOnce(client);
      throw error;
    }
  }

  /** Ends the session of whoever leads: for a leader that has work and does not move. */
  async depose(): Promise<void> {
    await this.#db.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and classid = 0 and objid = $1 and objsubid = 1 and granted
         and database = (select oid from pg_database where datname = current_database())`,
      [this.#key],
    );
  }

  async release(): Promise<void> {
    const client = this.#client;
    this.#leads = false;
    this.#client = undefined;
    if (client !== undefined) await endSoon(client);
  }

  #forget(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#leads = false;
  }

  async #connect(): Promise<pg.Client> {
    const client = await this.#db.connect(ANSWER_WITHIN_MS);
    client.on("end", () => this.#forget(client));
    this.#client = client;
    return client;
  }
}

/**
 * Who sleeps is woken when something commits: in this process at once, in others by NOTIFY.
 * A wake-up is only a hint. Everyone who waits also looks again on its own every few seconds (R9),
 * so a lost one costs a moment and nothing else.
 */

import { randomUUID } from "node:crypto";
import type pg from "pg";
import { failpoint } from "../base/failpoint.ts";
import { type Database, endAtOnce, endSoon, type Tx } from "./database.ts";

/** `events`: facts that wait to be decided. `decided`: facts that were decided in the transaction that appended them. */
export type Topic = "events" | "decided" | "tasks" | "bulk";

/** Any new fact in the log, for whoever reads it and decides nothing. */
export const ANY_EVENT: readonly Topic[] = ["events", "decided"];

const HEARD_FROM_OTHERS: ReadonlySet<string> = new Set<Topic>(["events", "decided", "tasks"]);

const CHANNEL = "millrace_wake";
const RECONNECT_MS = 1_000;
/** Who only listens says nothing, and so never notices that the other side has gone without a word. */
const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;

export class WakeUps {
  readonly #listeners: Record<Topic, Set<() => void>> = {
    events: new Set(),
    decided: new Set(),
    tasks: new Set(),
    bulk: new Set(),
  };
  readonly #self = randomUUID().slice(0, 8);
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  readonly #isEnabled: boolean;
  #isStopped = false;

  /** @param isEnabled false silences everything and leaves the sweeps alone, to test the safety net. Default true. */
  constructor(isEnabled = true) {
    this.#isEnabled = isEnabled;
  }

  /** Calls `wake` after each commit that concerns one of the topics, until the returned function is called. */
  on(topics: Topic | readonly Topic[], wake: () => void): () => void {
    const wanted = [topics].flat() as Topic[];
    for (const topic of wanted) this.#listeners[topic].add(wake);
    return () => {
      for (const topic of wanted) this.#listeners[topic].delete(wake);
    };
  }

  /** Tells this process; call it after the commit. */
  local(topic: Topic): void {
    if (!this.#isEnabled) return;
    failpoint("before-wake-up");
    for (const wake of this.#listeners[topic]) wake();
  }

  /** `remote` as a statement, for a script that runs anyway: a round trip less. */
  remoteStatement(topic: Topic): string {
    return `select pg_notify('${CHANNEL}', '${topic}:${this.#self}')`;
  }

  /** Tells other processes when the transaction commits. */
  async remote(tx: Tx, topic: Topic): Promise<void> {
    await tx.query("select pg_notify($1, $2)", [CHANNEL, `${topic}:${this.#self}`], "notify");
  }

  /** Begins to hear other processes; goes on trying when the connection is lost. */
  async listen(database: Database): Promise<void> {
    if (this.#isStopped || !this.#isEnabled) return;
    try {
      const client = await database.connect(PONG_WITHIN_MS);
      if (this.#isStopped) return await client.end();
      this.#client = client;
      client.on("notification", ({ payload }) => this.#hear(payload ?? ""));
      const ping = setInterval(() => void client.query("select 1").catch(() => endAtOnce(client)), PING_EVERY_MS);
      client.on("end", () => {
        clearInterval(ping);
        this.#listenAgain(database);
      });
      await client.query(`listen ${CHANNEL}`);
    } catch {
      this.#listenAgain(database);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    if (this.#client !== undefined) await endSoon(this.#client);
  }

  #hear(payload: string): void {
    const [topic, sender] = payload.split(":");
    if (sender !== this.#self && HEARD_FROM_OTHERS.has(topic ?? "")) this.local(topic as Topic);
  }

  #listenAgain(database: Database): void {
    if (this.#isStopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.listen(database), RECONNECT_MS);
  }
}

/**
 * Task ids, known before a row is written. Each process draws blocks from the database, so naming a task costs no
 * round trip. Ids are unique and grow; a restart leaves a gap. The runner takes them in groups, one for all tasks of a
 * contact in a batch: by the group a finished task is found (see events/settlement.ts).
 */
import type { Queryable } from "../db/database.ts";

/** Ids n × 16 to n × 16 + 15 are a group. */
export const TASK_GROUP = 16;
const BLOCK = 64 * TASK_GROUP;

export class TaskIds {
  #ranges: { next: number; end: number }[] = [];

  /** Makes sure `count` ids can be taken without asking the database. A group counts as 16, and may cost as many more. */
  async ensure(db: Queryable, count: number): Promise<void> {
    const missing = count - this.#left();
    if (missing <= 0) return;
    const rows = await db.query<{ block: number }>(
      "select nextval('task_blocks') as block from generate_series(1, $1::int)",
      [Math.ceil(missing / BLOCK)],
      "task_blocks",
    );
    for (const { block } of rows) this.#ranges.push({ next: block * BLOCK, end: (block + 1) * BLOCK });
  }

  /** Gives up what was drawn, e.g. since the database was restored: other processes may have had the same. */
  forget(): void {
    this.#ranges = [];
  }

  /** The next id. @throws Error when more are taken than were ensured. */
  take(): number {
    return this.#take(1);
  }

  /** The first of 16 ids in a row, the group. @throws Error when more are taken than were ensured. */
  takeGroup(): number {
    const range = this.#ranges[0];
    // Single ids leave groups begun: what is left of one is given up.
    if (range !== undefined) range.next = Math.min(Math.ceil(range.next / TASK_GROUP) * TASK_GROUP, range.end);
    if (range !== undefined && range.next === range.end) this.#ranges.shift();
    return this.#take(TASK_GROUP);
  }

  #take(count: number): number {
    const range = this.#ranges[0];
    if (range === undefined) throw new Error("More task ids taken than ensured.");
    const id = range.next;
    range.next += count;
    if (range.next === range.end) this.#ranges.shift();
    return id;
  }

  #left(): number {
    return this.#ranges.reduce((sum, range) => sum + range.end - range.next, 0);
  }
}

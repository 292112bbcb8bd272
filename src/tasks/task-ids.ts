/**
 * Task ids, known before a row is written. Each process draws blocks of 1,000 from the database, so naming a task
 * costs no round trip. Ids are unique and grow; a restart leaves a gap.
 */
import type { Queryable } from "../db/database.ts";

const BLOCK = 1_000;

export class TaskIds {
  #ranges: { next: number; end: number }[] = [];

  /** Makes sure `count` ids can be taken without asking the database. */
  async ensure(db: Queryable, count: number): Promise<void> {
    const missing = count - this.#left();
    if (missing <= 0) return;
    const rows = await db.query<{ block: number }>(
      "select nextval('task_blocks') as block from generate_series(1, $1::int)",
      [Math.ceil(missing / BLOCK)],
      "task_blocks",
    );
    for (const { block } of rows) this.#ranges.push({ next: (block - 1) * BLOCK + 1, end: block * BLOCK + 1 });
  }

  /** The next id. @throws Error when more are taken than were ensured. */
  take(): number {
    const range = this.#ranges[0];
    if (range === undefined) throw new Error("More task ids taken than ensured.");
    const id = range.next;
    range.next += 1;
    if (range.next === range.end) this.#ranges.shift();
    return id;
  }

  #left(): number {
    return this.#ranges.reduce((sum, range) => sum + range.end - range.next, 0);
  }
}

/**
 * Brings what lists are read from (`contact_lines`, `flow_counts`) up to date while the engine has nothing better to do. Who reads a
 * list brings it up to date first, so this only bounds how much a reader finds undone.
 *
 * In a burst it waits: while their lines were written beside them, 8,000 forms in a second came at 0.71 of another commit's rate, and
 * at 0.85 without (`npm run bench -- --against`, five rounds each); the lines of contacts that go on changing are written again anyway.
 */
import type { Database } from "../db/database.ts";
import { refreshCounts } from "../decider/counts.ts";
import { RUNNER_SUBSCRIPTION } from "../decider/cursor.ts";
import type { Position } from "../events/event.ts";
import { refreshLines } from "../intake/lines.ts";

/** Two turns of each: a reader who comes then waits some 0.3 s at most. */
const MAX_POSITIONS_BEHIND = 40_000;
const MAX_MS_BEHIND = 30_000;

export class ListUpkeep {
  readonly #db: Database;
  #newest: Position | undefined;
  #doneAt = Number.NEGATIVE_INFINITY;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Called at each sweep. One turn of each at most: no one waits for it. */
  async turn(): Promise<void> {
    const [log] = await this.#db.query<{ newest: Position; lines: Position; counts: Position }>(
      `select newest_position() as newest, (select position from contact_lines_place) as lines, (select position from flow_counts_place) as counts`,
      [],
      "lists_behind",
    );
    if (log === undefined) return;
    const { newest, lines, counts } = log;
    const isQuiet = newest === this.#newest;
    this.#newest = newest;
    const isLate = performance.now() - this.#doneAt > MAX_MS_BEHIND;
    const isDue = (place: Position) => newest > place && (isQuiet || isLate || newest - place > MAX_POSITIONS_BEHIND);
    const due = { lines: isDue(lines), counts: isDue(counts) };
    if (due.lines) await refreshLines(this.#db, RUNNER_SUBSCRIPTION);
    if (due.counts) await refreshCounts(this.#db);
    if (due.lines || due.counts) this.#doneAt = performance.now();
  }
}

/**
 * What lists of contacts are sorted, narrowed and searched by: a narrow row for each contact (`contact_lines`), made from
 * `contacts` behind the runner. Lists bring it up to date before they read it; a sweep does so for everyone else.
 */
import type { Database, Tx } from "../db/database.ts";
import { catchUp, catchUpOnce, type ReadTable } from "../events/catch-up.ts";
import type { Position } from "../events/event.ts";

/** A list that is asked for waits for so many turns of some thousand contacts, and then shows what there is. */
const TURNS_WAITED_FOR = 3;

/**
 * The lines of contacts that the log has events of since the last turn. Only up to the first event that is not decided, where
 * every contact is as the log says.
 */
const LINES: ReadTable = {
  name: "lines",
  place: "contact_lines_place",
  write: writeLines,
};

/**
 * One turn, unless another process is at it.
 * @param runner the name of the cursor up to which events are decided.
 * @returns whether there is more.
 */
export function refreshLines(db: Database, runner: string): Promise<boolean> {
  return catchUpOnce(db, LINES, runner, "leave");
}

async function writeLines(tx: Tx, after: Position, upTo: Position): Promise<void> {
  await tx.query(
    `with changed_ids as (
       select contact from settlements where last > $1 and first <= $2
       union select contact from single_events where position > $1 and position <= $2 and contact is not null),
     changed as materialized (select c from contacts c where id in (select contact from changed_ids)),
     gone as (delete from contact_lines where contact in (select (c).id from changed where (c).facts->'erasedAt' is not null or (c).facts->'mergedInto' is not null))
     insert into contact_lines select l.* from changed cross join lateral line_of(c) l
     on conflict (contact) do update set created_at = excluded.created_at, position = excluded.position, score = excluded.score, band = excluded.band,
       lifecycle = excluded.lifecycle, owner = excluded.owner, source = excluded.source, words = excluded.words`,
    [after, upTo],
    "write_lines",
  );
}

/** Before a list is read: what was decided a moment ago is in it, unless very much was. */
export function linesUpToDate(db: Database, runner: string): Promise<void> {
  return catchUp(db, LINES, runner, TURNS_WAITED_FOR);
}

/**
 * No turn writes lines until the transaction ends: one that has read a contact before it was erased would write its words back. Before
 * the log's lock, which is then not held while a turn under way is waited for.
 */
export async function holdLines(tx: Tx): Promise<void> {
  await tx.query("select from contact_lines_place for update", [], "hold_lines");
}

/** All of them anew, after contacts were. */
export async function rebuildLines(tx: Tx): Promise<void> {
  await tx.query("delete from contact_lines");
  await tx.query("insert into contact_lines select l.* from contacts c cross join lateral line_of(c) l");
}

/**
 * A text as a search for words that begin so: `vp sal` finds "VP of Sales". Letters and digits of any script; at most ten.
 * @returns undefined where there is none to look for.
 */
export function searchFor(text: string): string | undefined {
  const words = text.normalize("NFC").match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.length === 0
    ? undefined
    : words
        .slice(0, 10)
        .map((word) => `'${word.slice(0, 100)}':*`)
        .join(" & ");
}

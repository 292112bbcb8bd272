/**
 * What lists of contacts are sorted, narrowed and searched by: a narrow row for each contact (`contact_lines`), made from
 * `contacts` behind the runner. Lists bring it up to date before they read it; a sweep does so for everybody else.
 */
import type { Database, Tx } from "../db/database.ts";
import { decidedUpTo } from "../events/decided-up-to.ts";
import type { Position } from "../events/event.ts";

/** Positions looked through in one transaction: some thousand contacts at most. */
const POSITIONS_PER_TURN = 20_000;
/** A list that is asked for waits for so many turns, and then shows what there is. */
const TURNS_WAITED_FOR = 3;

/**
 * One turn: the lines of contacts that the log has events of since the last one. Only up to the first event that is
 * not decided, where every contact is as the log says.
 * @param runner the name of the place up to which events are decided.
 * @returns whether there is more. False also while another process is at it.
 */
export async function refreshLines(db: Database, runner: string): Promise<boolean> {
  const [ahead] = await db.query<{ place: Position; upTo: Position }>(PLACES, [runner], "lines_places");
  if (ahead === undefined || ahead.place >= ahead.upTo) return false;
  return db.transaction(async (tx) => {
    const [held] = await tx.query<{ position: Position }>(
      "select position from contact_lines_place for update skip locked",
      [],
      "hold_lines_place",
    );
    if (held === undefined || held.position >= ahead.upTo) return false;
    const upTo = Math.min(ahead.upTo, held.position + POSITIONS_PER_TURN);
    await writeLines(tx, held.position, upTo);
    await tx.query("update contact_lines_place set position = $1", [upTo], "move_lines_place");
    return upTo < ahead.upTo;
  });
}

const PLACES = `select l.position as place, ${decidedUpTo("$1")} as "upTo" from contact_lines_place l`;

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
export async function linesUpToDate(db: Database, runner: string): Promise<void> {
  for (let turn = 0; turn < TURNS_WAITED_FOR; turn++) if (!(await refreshLines(db, runner))) return;
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

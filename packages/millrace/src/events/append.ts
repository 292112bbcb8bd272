/** Facts that stand for themselves are appended here, of whatever origin: what a person did, what a timer brought, that work began. */
import type { Tx } from "../db/database.ts";
import { type EventDraft, positionsFrom, referenceOf, rowsOfDrafts } from "./draft.ts";
import type { Position } from "./event.ts";
import { insertEvents, reservePositions } from "./log-writer.ts";

/**
 * Appends events, in this order; the runner decides them. Takes the log's lock.
 * @param drafts may refer to each other: -1 is the first, -2 the second …
 * @returns the position of the first one; the others follow without a gap. 0 when there are none.
 */
export async function append(tx: Tx, drafts: readonly Omit<EventDraft, "reference">[]): Promise<Position> {
  if (drafts.length === 0) return 0;
  const { first } = await reservePositions(tx, drafts.length);
  await insertEvents(
    tx,
    rowsOfDrafts(
      drafts.map((draft, i) => ({ ...draft, reference: referenceOf(i) })),
      positionsFrom(first),
    ),
  );
  return first;
}

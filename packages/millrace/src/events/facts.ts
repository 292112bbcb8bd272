/** Facts of the engine that begin a chain of their own: nobody's event led to them. Appended by the monitor and the recovery. */
import type { Tx } from "../db/database.ts";
import type { EventTypes } from "./catalogue.ts";
import type { Position } from "./event.ts";
import { insertEvents, reservePositions } from "./log.ts";

export type Fact = {
  [Type in keyof EventTypes & string]: { readonly type: Type; readonly data: EventTypes[Type] };
}[keyof EventTypes & string];

/**
 * Appends facts about no contact, each the root of its own chain.
 * @returns the position of the first one; the others follow without a gap. 0 when there are none.
 */
export async function appendFacts(tx: Tx, facts: readonly Fact[], actor: string, now: number): Promise<Position> {
  if (facts.length === 0) return 0;
  const { first } = await reservePositions(tx, facts.length);
  await insertEvents(
    tx,
    facts.map(({ type, data }, i) => ({
      position: first + i,
      type,
      contact: null,
      data: JSON.stringify(data),
      occurredAt: now,
      cause: null,
      root: first + i,
      depth: 0,
      actor,
      isSettled: false,
    })),
  );
  return first;
}

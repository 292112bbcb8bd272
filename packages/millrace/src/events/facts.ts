/** Facts of the engine that begin a chain of their own: no one's event led to them. Appended by the monitor and the recovery. */
import type { Tx } from "../db/database.ts";
import { append } from "./append.ts";
import type { EventTypes } from "./catalogue.ts";
import { referenceOf } from "./draft.ts";
import type { Json, Position } from "./event.ts";

export type Fact = {
  [Type in keyof EventTypes & string]: { readonly type: Type; readonly data: EventTypes[Type] };
}[keyof EventTypes & string];

/** A fact about a contact, by its id. */
export interface ContactFact {
  readonly type: keyof EventTypes & string;
  readonly data: unknown;
  readonly contact: { readonly id: string };
}

/**
 * Appends facts about no contact, each the root of its own chain.
 * @returns the position of the first one; the others follow without a gap. 0 when there are none.
 */
export function appendFacts(tx: Tx, facts: readonly Fact[], actor: string, now: number): Promise<Position> {
  return appendAll(tx, facts, actor, now);
}

/** An event that facts belong to: they stand in its cascade, one step below it. */
export interface FactCause {
  readonly position: Position;
  readonly root: Position;
  readonly depth: number;
}

/**
 * The same for facts about contacts: what a person established.
 * @param cause the event they are about; left out, each begins a chain of its own. @returns the position of each.
 */
export async function appendContactFacts(
  tx: Tx,
  facts: readonly ContactFact[],
  actor: string,
  now: number,
  cause?: FactCause,
): Promise<readonly { readonly position: Position }[]> {
  const first = await appendAll(tx, facts, actor, now, cause);
  return facts.map((_, i) => ({ position: first + i }));
}

function appendAll(
  tx: Tx,
  facts: readonly { readonly type: string; readonly data: unknown; readonly contact?: { readonly id: string } }[],
  actor: string,
  now: number,
  cause?: FactCause,
): Promise<Position> {
  return append(
    tx,
    facts.map(({ type, data, contact }, i) => ({
      type,
      contact: contact?.id ?? null,
      data: data as Json,
      occurredAt: now,
      cause: cause?.position ?? null,
      root: cause?.root ?? referenceOf(i),
      depth: cause === undefined ? 0 : cause.depth + 1,
      actor,
    })),
  );
}

/** The tail of the log as cascades: each outside event with all it led to, newest first. Pure. */
import type { LoggedEvent } from "../api/types.ts";
import { isQuiet, isUpkeep } from "../words/events.ts";

export interface Cascade {
  readonly root: number;
  readonly first: LoggedEvent;
  readonly events: readonly LoggedEvent[];
}

const STEPS_SHOWN = 9;

/** @param events oldest first; one that comes twice counts once. Of a person who was erased nothing is left. */
export function gather(events: readonly LoggedEvent[]): Cascade[] {
  const seen = new Set<number>();
  const cascades = new Map<number, { root: number; first: LoggedEvent; events: LoggedEvent[] }>();
  for (const event of events) {
    if (seen.has(event.position) || isUpkeep(event) || event.type === "crm_change_noted") continue;
    seen.add(event.position);
    if (event.type === "contact_erased") forget(cascades, event.contact);
    const cascade = cascades.get(event.root) ?? { root: event.root, first: event, events: [] };
    cascade.events.push(event);
    if (event.position === event.root) cascade.first = event;
    // The one that moved last stands on top.
    cascades.delete(event.root);
    cascades.set(event.root, cascade);
  }
  return [...cascades.values()].reverse().flatMap(titled);
}

/** What began before the tail has its first event out of sight: it is called by what it led to last, if that is worth a word. */
function titled(cascade: Cascade): Cascade[] {
  if (cascade.first.position === cascade.root) return [cascade];
  const telling = cascade.events.findLast((event) => !isQuiet(event));
  return telling === undefined ? [] : [{ ...cascade, first: telling }];
}

function forget(cascades: Map<number, { events: readonly LoggedEvent[] }>, contact: string | null): void {
  for (const [root, { events }] of cascades) {
    if (events.some((event) => event.contact === contact)) cascades.delete(root);
  }
}

/** The steps worth a word, and how many are not. */
export function stepsOf(events: readonly LoggedEvent[], first: LoggedEvent) {
  const others = events.filter(({ position }) => position !== first.position);
  const telling = others.filter((event) => !isQuiet(event));
  const steps = telling.slice(-STEPS_SHOWN);
  return { steps, quiet: others.length - steps.length };
}

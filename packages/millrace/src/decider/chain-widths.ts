/**
 * How wide the chain of an outside event has become over all batches this process has decided: through queued agents a chain goes on
 * batch after batch, each of them narrow. Kept in memory, for ten minutes since a chain was first counted: what spreads without
 * end spreads fast, and a sequence of e-mails over weeks is no such thing. Other processes count what they decide.
 */
import type { Position } from "../events/event.ts";
import type { Plan } from "./plan.ts";

const FORGET_AFTER_MS = 600_000;
/** The oldest are forgotten first. */
const MOST = 20_000;

interface Width {
  events: number;
  isStopped: boolean;
  readonly since: number;
}

export class ChainWidths {
  readonly #byRoot = new Map<Position, Width>();
  readonly #now: () => number;

  /** @param now milliseconds; a clock that no one sets. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** How many events this outside event has led to in the batches that were written. */
  eventsOf(root: Position): number {
    return this.#find(root)?.events ?? 0;
  }

  /** Was it found to be too wide, and a person told? */
  isStopped(root: Position): boolean {
    return this.#find(root)?.isStopped === true;
  }

  /** Counts what was written. A chain of which nothing is left to do is not kept. */
  add({ events, tasks, timers, tooWide }: Plan, isSettled: boolean): void {
    if (isSettled && tasks.length === 0 && timers.length === 0) return;
    for (const { root } of events) this.#of(root).events += 1;
    for (const root of tooWide) this.#of(root).isStopped = true;
    while (this.#byRoot.size > MOST) this.#byRoot.delete(this.#byRoot.keys().next().value ?? 0);
  }

  #of(root: Position): Width {
    const known = this.#find(root);
    if (known !== undefined) return known;
    const width = { events: 0, isStopped: false, since: this.#now() };
    this.#byRoot.set(root, width);
    return width;
  }

  #find(root: Position): Width | undefined {
    const width = this.#byRoot.get(root);
    if (width === undefined || this.#now() - width.since < FORGET_AFTER_MS) return width;
    this.#byRoot.delete(root);
    return undefined;
  }
}

/**
 * Conditions: a name people read in diagrams and decisions, and a pure test of what is known.
 * What is known comes from the fold, never from a query: the event, the contact before and after it, and now.
 */
import { type Duration, durationMs } from "../base/clock.ts";
import type { Contact } from "../contacts/contact.ts";
import { defaultBands, isScore, type ScoreBands } from "../contacts/score-bands.ts";
import type { EventTypes } from "../events/catalogue.ts";
import type { EventOf, RecordedEvent } from "../events/event.ts";
import { type NumberClaim, nameOfSpan } from "./number-set.ts";

export interface Facts<Event = RecordedEvent> {
  readonly event: Event;
  /** The contact as it was before the event; undefined for one seen for the first time, or an event without contact. */
  readonly before: Contact | undefined;
  readonly after: Contact | undefined;
  /** Milliseconds. */
  readonly now: number;
}

export interface Condition<Event = RecordedEvent> {
  readonly name: string;
  readonly test: (facts: Facts<Event>) => boolean;
  /** The score range it is about, for the linter: overlapping and unreachable bands are found by it. */
  readonly range?: ScoreRange;
  /** What it says of numbers, for the linter; all of it has to hold. Set by `above`, `below`, `between` and their like. */
  readonly claims?: readonly NumberClaim[];
  /** The condition it is the opposite of. */
  readonly negates?: Condition<Event>;
  /** Why a loop that leads through it comes to an end by itself, for the linter. */
  readonly endsLoop?: string;
}

export interface WhenOptions {
  /**
   * Why a loop of events and tasks that leads through this condition comes to an end by itself, e.g. "a sequence has a
   * last touch". The linter then does not warn of the loop; the engine's own guard stays. Default: nothing is known.
   */
  readonly endsLoop?: string;
}

/**
 * A condition of your own.
 * @example
 * when<"form_submitted">("asks for a demo", ({ event }) => event.data.form === "demo")
 */
export function when<Type extends keyof EventTypes>(
  name: string,
  test: (facts: Facts<EventOf<Type>>) => boolean,
  options: WhenOptions = {},
): Condition<EventOf<Type>> {
  return { name, test, ...options };
}

/** True when the condition is not. */
export function not<Event>(condition: Condition<Event>): Condition<Event> {
  return { name: `not ${condition.name}`, negates: condition, test: (facts) => !condition.test(facts) };
}

/** A stretch of scores; each end is inside it or not. */
export interface ScoreRange {
  readonly name: string;
  readonly from: number;
  readonly includesFrom: boolean;
  readonly to: number;
  readonly includesTo: boolean;
}

/** The four bands as ranges: hot (85, 100], qualified (70, 85], nurture [40, 70], low [0, 40) by default. */
export function bandRanges(
  bands: ScoreBands = defaultBands,
): Record<"hot" | "qualified" | "nurture" | "low", ScoreRange> {
  return {
    hot: { name: "hot", from: bands.hotAbove, includesFrom: false, to: 100, includesTo: true },
    qualified: {
      name: "qualified",
      from: bands.qualifiedAbove,
      includesFrom: false,
      to: bands.hotAbove,
      includesTo: true,
    },
    nurture: {
      name: "nurture",
      from: bands.nurtureFrom,
      includesFrom: true,
      to: bands.qualifiedAbove,
      includesTo: true,
    },
    low: { name: "low", from: 0, includesFrom: true, to: bands.nurtureFrom, includesTo: false },
  };
}

export function isWithin(score: unknown, range: ScoreRange): boolean {
  if (!isScore(score)) return false;
  const isAbove = range.includesFrom ? score >= range.from : score > range.from;
  const isBelow = range.includesTo ? score <= range.to : score < range.to;
  return isAbove && isBelow;
}

/**
 * The score came into the range from outside it, or from no score (R3). Once it has fired, it fires again only
 * when `rearmAfter` (default 30 days) has passed since.
 */
export function entered(
  range: ScoreRange,
  options: { rearmAfter?: Duration } = {},
): Condition<EventOf<"lead_score_updated">> {
  const rearmMs = durationMs(options.rearmAfter ?? "30d");
  return {
    name: `score enters ${nameOfRange(range)}`,
    range,
    endsLoop: "it fires once in its rearm time",
    test: ({ event, before }) => {
      if (!isWithin(event.data.to, range) || isWithin(event.data.from, range)) return false;
      const earlier = before?.facts.scores ?? [];
      return !earlier.some(
        (change) =>
          isWithin(change.to, range) && !isWithin(change.from, range) && event.occurredAt - change.at < rearmMs,
      );
    },
  };
}

/** The score went from inside the range to outside it. */
export function left(range: ScoreRange): Condition<EventOf<"lead_score_updated">> {
  return {
    name: `score leaves ${nameOfRange(range)}`,
    test: ({ event }) => isWithin(event.data.from, range) && !isWithin(event.data.to, range),
  };
}

/** "hot (above 85 to 100)" */
export function nameOfRange({ name, ...span }: ScoreRange): string {
  return `${name} (${nameOfSpan(span)})`;
}

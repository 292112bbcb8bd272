/**
 * How events gather before something is done with all of them (flow 8). Pure: what is in the buffer and what time it
 * is decide whether it is flushed, and what the flush tells. Called by batching.ts and the workflow language.
 */
import { type Duration, durationMs } from "../base/clock.ts";
import { MillraceError } from "../base/errors.ts";
import type { Json, Position } from "./event.ts";

export interface BatchRule {
  readonly name: string;
  /** What gathers; earlier ones in the list stand first in the flush. */
  readonly types: readonly string[];
  /** Flushed when so many are there. Default 100. */
  readonly max: number;
  /** Flushed when the first one has waited so long. Default 5m. */
  readonly within: Duration;
  /** What counts as the same: one item per contact and type, per contact, or per event. Default "contact+type". */
  readonly dedupeBy: "contact+type" | "contact" | "event";
  /** Types that never wait: one of them flushes what gathered of its contact before it. Default: URGENT_TYPES. */
  readonly urgent: readonly string[];
}

/** Facts someone waits for: forms, replies, opt-outs, purchases, scores. */
export const URGENT_TYPES: readonly string[] = [
  "form_submitted",
  "email_engagement",
  "email_replied",
  "opted_out",
  "customer_purchased",
  "purchase_completed",
  "lead_score_updated",
  "meeting_booked",
];

export const DEFAULT_BATCH_MAX = 100;
export const DEFAULT_BATCH_WITHIN: Duration = "5m";

/** @throws MillraceError invalid_config for a buffer that could never be flushed, or a type that is urgent and waits. */
export function batchRule(
  name: string,
  options: Partial<Omit<BatchRule, "name">> & Pick<BatchRule, "types">,
): BatchRule {
  const max = options.max ?? DEFAULT_BATCH_MAX;
  const types = options.types;
  if (!Number.isInteger(max) || max < 1 || max > 1_000 || types.length === 0) {
    throw new MillraceError("invalid_config", {
      saw: `The buffer "${name}" has max ${max} and ${types.length} event types.`,
      expected: "max from 1 to 1,000, and at least one type",
      next: "correct the options of `batched`.",
      field: "max",
    });
  }
  const urgent = (options.urgent ?? URGENT_TYPES).filter((type) => !types.includes(type));
  const within = options.within ?? DEFAULT_BATCH_WITHIN;
  return { name, types, max, within, dedupeBy: options.dedupeBy ?? "contact+type", urgent };
}

/** One event that waits in a buffer. */
export interface Gathered {
  readonly position: Position;
  readonly type: string;
  readonly contact: string | null;
  readonly root: Position;
  readonly depth: number;
  /** Since when it waits; milliseconds of the engine's clock. */
  readonly since: number;
}

export interface Flush {
  readonly because: "full" | "time" | "urgent";
  readonly events: readonly Gathered[];
}

/**
 * What is to be flushed now, or undefined. Full comes first; an urgent event takes only what gathered of its own
 * contact before it.
 */
export function dueFlush(
  rule: BatchRule,
  buffer: readonly Gathered[],
  urgent: readonly Gathered[],
  now: number,
): Flush | undefined {
  const hurried = buffer.filter((event) =>
    urgent.some(
      (other) => other.contact === event.contact && other.contact !== null && other.position > event.position,
    ),
  );
  if (hurried.length > 0) return { because: "urgent", events: hurried.slice(0, rule.max) };
  if (buffer.length >= rule.max) return { because: "full", events: buffer.slice(0, rule.max) };
  const first = buffer[0];
  if (first !== undefined && now - first.since >= durationMs(rule.within)) return { because: "time", events: buffer };
  return undefined;
}

/** The data of the `events_aggregated` event: counted, deduplicated, in the order of the rule's types. */
export function aggregated(rule: BatchRule, flush: Flush): Json {
  const items = new Map<string, { type: string; contact: string | null; count: number; last: Position }>();
  const counts: Record<string, number> = {};
  for (const { type, contact, position } of flush.events) {
    counts[type] = (counts[type] ?? 0) + 1;
    const key = keyOf(rule, type, contact, position);
    const known = items.get(key);
    items.set(key, { type, contact, count: (known?.count ?? 0) + 1, last: position });
  }
  const rank = (type: string) => rule.types.indexOf(type);
  return {
    batch: rule.name,
    because: flush.because,
    counts,
    contacts: [...new Set(flush.events.flatMap((event) => event.contact ?? []))],
    items: [...items.values()].sort((a, b) => rank(a.type) - rank(b.type) || a.last - b.last),
    positions: flush.events.map((event) => event.position),
  };
}

function keyOf(rule: BatchRule, type: string, contact: string | null, position: Position): string {
  if (rule.dedupeBy === "event" || contact === null) return String(position);
  return rule.dedupeBy === "contact" ? contact : `${contact} ${type}`;
}

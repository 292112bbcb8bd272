/**
 * A group of arrivals decided part by part. What one part leads to is written out before the next one is decided, so that
 * all it was made of is garbage while it is young: kept until the whole group was decided, it was copied twice and then
 * looked for among what is old. Measured: docs/decisions/0017-speed-what-was-tried.md.
 */
import { StatementBuffer } from "../db/statement-buffer.ts";
import type { Json, Position, RecordedEvent } from "../events/event.ts";
import type { DeliveredRow } from "../events/log-writer.ts";
import type { TaskDraft } from "../tasks/draft.ts";
import { type CancelRequest, insertTasks } from "../tasks/queue.ts";
import { cascadeInSteps } from "./cascade.ts";
import type { CascadeInput, CascadeRules } from "./cascade-unit.ts";
import { type Decided, decidedInSteps } from "./decided.ts";
import { type WritingOptions, writeRows } from "./write-plan.ts";

/** Arrivals decided at a time. With 16 some 4 kB a form outlive their youth, with 64 some 10 to 16. */
const PART = 16;

/** What a group leads to. */
export interface Consequences {
  /** All that is written, put into words. */
  readonly statements: StatementBuffer;
  /** To be done before the statements. */
  readonly cancels: CancelRequest[];
  readonly asksForWork: boolean;
  /** How many events follow, and how many of them are settled: those come first. */
  readonly events: number;
  readonly settled: number;
}

/**
 * @param rows the arrivals as they will stand in the log, one behind the other.
 * @param known what a cascade has to know of them, all parts together.
 * @throws what makes a batch undecidable, see `isPoison`.
 */
export async function decideInParts(
  rows: readonly DeliveredRow[],
  known: Omit<CascadeInput, "events">,
  rules: CascadeRules,
  options: Omit<WritingOptions, "behind" | "queued">,
): Promise<Consequences> {
  const parts = partsOf(rows);
  const statements = new StatementBuffer({ gathersRows: parts.length > 1 });
  const cancels: CancelRequest[] = [];
  // Few, and one statement for all of them is less than one for each part: 25 of a group of 500.
  const queued: TaskDraft[] = [];
  const writing = { ...options, queued };
  const deferred = new Set(known.deferred);
  /** Parts with events that stand behind those of all others. */
  const open: (Decided & { readonly first: Position })[] = [];
  const first = (rows.at(-1)?.position ?? 0) + 1;
  let asksForWork = false;
  let events = 0;
  let settled = 0;
  for (const part of parts) {
    const input = { ...known, deferred, events: part.map(eventOf) };
    const { plan, rows: laidOut } = await decidedInSteps((given) => cascadeInSteps(rules, given), input);
    cancels.push(...plan.cancels);
    asksForWork ||= plan.tasks.length > 0 || plan.timers.length > 0;
    if (laidOut.settled === plan.events.length) await writeRows(statements, plan, laidOut, first + settled, writing);
    else open.push({ plan, rows: laidOut, first: first + settled });
    for (const event of plan.events) if (!event.isSettled && event.contact !== null) deferred.add(event.contact);
    events += plan.events.length;
    settled += laidOut.settled;
  }
  let behind = first + settled;
  for (const part of open) {
    await writeRows(statements, part.plan, part.rows, part.first, { ...writing, behind });
    behind += part.plan.events.length - part.rows.settled;
  }
  await insertTasks(statements, queued, options.agingMs);
  return { statements, cancels, asksForWork, events, settled };
}

/** All arrivals about one contact are in one part, where the first of them is. */
function partsOf(rows: readonly DeliveredRow[]): DeliveredRow[][] {
  const parts: DeliveredRow[][] = [];
  const partOf = new Map<string, DeliveredRow[]>();
  for (const row of rows) {
    const part = (row.contact === null ? undefined : partOf.get(row.contact)) ?? newestOf(parts);
    part.push(row);
    if (row.contact !== null) partOf.set(row.contact, part);
  }
  return parts;
}

/** The newest part, as long as it has room. */
function newestOf(parts: DeliveredRow[][]): DeliveredRow[] {
  const newest = parts.at(-1);
  if (newest !== undefined && newest.length < PART) return newest;
  const next: DeliveredRow[] = [];
  parts.push(next);
  return next;
}

/** As it will be read from the log: what decides is what is written, not what the sender still holds in its hands. */
function eventOf(row: DeliveredRow): RecordedEvent<string, Json> {
  const { position, type, contact, data, occurredAt, cause, root, depth, actor } = row;
  return { position, type, data: JSON.parse(data), contact, occurredAt, cause, root, depth, actor };
}

/** What a cascade has to know of the contacts its events are about: read for the runner's batches and for arrivals alike. */
import type { Contact } from "../contacts/contact.ts";
import { isFolded } from "../contacts/fold.ts";
import { type Claim, namesOf } from "../contacts/identity.ts";
import { type ContactRow, loadChangedContacts } from "../contacts/store.ts";
import type { Queryable } from "../db/database.ts";
import type { Position, RecordedEvent } from "../events/event.ts";
import { rootTimesOf } from "../events/log.ts";
import { openTasksOf } from "../tasks/queue.ts";
import type { WorkflowSet } from "../workflows/workflow-set.ts";
import type { CascadeInput } from "./cascade-unit.ts";
import type { RunnerOptions } from "./runner.ts";

/** Ids set aside per event of a batch; a cascade of one event asks for a handful. */
export const IDS_PER_EVENT = 64;
export const NO_CONTACTS: ReadonlySet<string> = new Set();
/** Event types whose data holds the contact's address. */
const NAMING: ReadonlySet<string> = new Set(["form_submitted", "contact_created"]);

/** Who is not in the database yet. */
export interface Unwritten {
  /** Contacts no one has named before: nothing is asked of them. */
  readonly newcomers: ReadonlySet<string>;
  /** Keys that are about to be theirs, or someone's. */
  readonly unclaimed: readonly Claim[];
  /** Contacts as they were a moment ago. Default: no one is known. */
  readonly known?: ReadonlyMap<string, ContactRow>;
}

/** What is looked at of an event. `data`: the text of it will do for one that comes from outside, of depth 0. */
export type About = Pick<RecordedEvent, "position" | "type" | "contact" | "depth"> & { readonly data: unknown };

const NOTHING_SEEN: ReadonlyMap<string, ContactRow> = new Map();
const ALL_WRITTEN: Unwritten = { newcomers: NO_CONTACTS, unclaimed: [] };

export async function readInput(
  { db, clock, taskIds, rules }: Pick<RunnerOptions, "clock" | "taskIds" | "rules"> & { readonly db: Queryable },
  events: readonly About[],
  { newcomers, unclaimed, known: seen = NOTHING_SEEN }: Unwritten = ALL_WRITTEN,
): Promise<Omit<CascadeInput, "events">> {
  const known = [...new Set(events.flatMap((event) => event.contact ?? []))].filter((id) => !newcomers.has(id));
  const [rows, openTasks] = await Promise.all([loadChangedContacts(db, known, seen), openTasksOf(db, known)]);
  const contacts = new Map([...rows].map(([id, { contact }]) => [id, contact]));
  const names = await namesOf(db, namelessAmong(events, contacts), unclaimed);
  const births = await rootTimesOf(db, positionsToDate(events, contacts, rules().workflows));
  await taskIds.ensure(db, events.length * IDS_PER_EVENT);
  return {
    contacts,
    names,
    births,
    openTasks,
    deferred: NO_CONTACTS,
    now: clock.now(),
    takeTaskGroup: () => taskIds.takeGroup(),
  };
}

/**
 * Events something may follow from, and that did not begin their cascade themselves: what follows knows its age by it.
 * Most events of the queue are heard by no one.
 */
function positionsToDate(
  events: readonly About[],
  known: ReadonlyMap<string, Contact>,
  workflows: WorkflowSet,
): Position[] {
  const isOfConsequence = (event: About) =>
    isFolded(event.type) || (event.contact !== null && !known.has(event.contact)) || workflows.on(event).length > 0;
  return events.filter((event) => event.depth > 0 && isOfConsequence(event)).map((event) => event.position);
}

/** New contacts whose events do not bring their address along, e.g. one met by an event type of the user's own. */
function namelessAmong(events: readonly About[], known: ReadonlyMap<string, Contact>): string[] {
  const named = new Set(events.filter((event) => NAMING.has(event.type)).map((event) => event.contact));
  const strangers = events.flatMap((event) => event.contact ?? []).filter((id) => !known.has(id) && !named.has(id));
  return [...new Set(strangers)];
}

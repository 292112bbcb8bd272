/**
 * What comes in of an erased contact after its erasure: a batch that was being decided, a form on its way in, a record
 * HubSpot had just taken, an event someone sends by the contact's id. Refusing it where it is written would cost every
 * event of everyone a look; so it is looked for, and erased like the rest. Run by the engine; any number of processes may.
 */
import type { Clock } from "../base/clock.ts";
import type { Database } from "../db/database.ts";
import { PollLoop } from "../db/poll-loop.ts";
import { type ErasureParts, eraseContact } from "./erase-contact.ts";
import { countLinkedRows } from "./linked-rows.ts";

export interface LateRowsOptions extends ErasureParts {
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

export interface LateRows {
  start(): void;
  stop(): Promise<void>;
  /** One look now. @returns how many contacts were erased once more. */
  turnNow(): Promise<number>;
}

const SWEEP_MS = 10_000;
/** Work that was under way when someone was erased is over by then: its leases, its retries, an outage of HubSpot. */
const SETTLED_AFTER_MS = 86_400_000;

export function lateRows(options: LateRowsOptions): LateRows {
  const { db, clock, onError } = options;
  const loop = new PollLoop({ turn: async () => (await turnNow()) < 0, sweepMs: SWEEP_MS, onError });
  return { start: () => loop.start(), stop: () => loop.stop(), turnNow };

  async function turnNow(): Promise<number> {
    const now = clock.now();
    const late = new Set([...(await withEvents(db)), ...(await withTraces(db, now - SETTLED_AFTER_MS))]);
    for (const contact of late) await eraseContact(options, { contact, actor: "engine", because: "asked", now });
    return late.size;
  }
}

async function withEvents(db: Database): Promise<string[]> {
  const rows = await db.query<{ contact: string }>(
    `select contact from erasures x
     where exists (select from single_events e where e.contact = x.contact and e.position > x.position and e.type not in ('event_erased', 'contact_erased'))
        or exists (select from settlements s where s.contact = x.contact and s.last > x.position and not s.types <@ '{event_erased,contact_erased}')`,
    [],
    "late_events",
  );
  return rows.map(({ contact }) => contact);
}

/** Of those erased a short while ago: one question a table for all of them, and one by one only when there is something. */
async function withTraces(db: Database, since: number): Promise<string[]> {
  const rows = await db.query<{ contact: string }>(
    "select contact from erasures where erased_at > $1",
    [new Date(since)],
    "recently_erased",
  );
  const contacts = rows.map(({ contact }) => contact);
  if (contacts.length === 0 || !(await hasTraces(db, contacts))) return [];
  const found: string[] = [];
  for (const contact of contacts) if (await hasTraces(db, [contact])) found.push(contact);
  return found;
}

async function hasTraces(db: Database, contacts: readonly string[]): Promise<boolean> {
  const traces = await countLinkedRows(db, { contacts, hubspotIds: [], addresses: [] });
  const [open] = await db.query(
    "select 1 from tasks where contact = any($1::uuid[]) and kind <> 'erase_contact' limit 1",
    [contacts],
  );
  return open !== undefined || Object.keys(traces).length > 0;
}

/**
 * The way in for events from outside: checked by the catalogue, named after their contact, appended once.
 * Group commit without a timer: while one transaction commits, everything that arrives gathers for the next.
 */
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../clock.ts";
import { textColumn } from "../db/columns.ts";
import { type Database, isRefused, type Tx } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import { MillraceError } from "../errors.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { Appended, ContactReference, Json, NewEvent } from "../events/event.ts";
import { type DeliveredRow, insertDeliveries, reservePositions } from "../events/log.ts";
import { forgetUnheard, resolveContacts } from "./identity.ts";

/** Events at most in one transaction: larger ones make everyone else wait for the log's lock. */
const LARGEST_COMMIT = 2_000;

/** An event that has passed the catalogue and has no position yet. */
export interface Arrival {
  readonly type: string;
  readonly data: unknown;
  readonly contact: ContactReference | undefined;
  readonly source: string;
  readonly id: string | null;
  readonly occurredAt: number;
  readonly actor: string;
}

interface Delivery {
  readonly arrivals: readonly Arrival[];
  readonly resolve: (appended: readonly Appended[]) => void;
  readonly reject: (error: unknown) => void;
}

export class Ingest {
  readonly #db: Database;
  readonly #wakeUps: WakeUps;
  readonly #catalogue: EventCatalogue;
  readonly #clock: Clock;
  #waiting: Delivery[] = [];
  #pump: Promise<void> | undefined;

  constructor(db: Database, wakeUps: WakeUps, catalogue: EventCatalogue, clock: Clock) {
    this.#db = db;
    this.#wakeUps = wakeUps;
    this.#catalogue = catalogue;
    this.#clock = clock;
  }

  /**
   * Appends events; all of them or none. Resolves when they are durable.
   * An event whose (source, id) the log has already is answered with the first one's position.
   * @throws MillraceError unknown_event_type, invalid_event or invalid_contact (nothing recorded), or
   *   idempotency_conflict when (source, id) is there with other data.
   */
  append(events: readonly NewEvent[]): Promise<readonly Appended[]> {
    if (events.length === 0) return Promise.resolve([]);
    const now = this.#clock.now();
    const arrivals = events.map((event) => arrivalOf(event, this.#catalogue, now));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ arrivals, resolve, reject });
      this.#pump ??= this.#commitAll();
    });
  }

  /** Resolves when everything accepted so far is committed or refused. */
  async drain(): Promise<void> {
    await this.#pump;
  }

  async #commitAll(): Promise<void> {
    // One turn of the event loop: requests read from the sockets together share the commit.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#commit(this.#nextGroup());
    this.#pump = undefined;
  }

  #nextGroup(): readonly Delivery[] {
    let events = 0;
    const end = this.#waiting.findIndex((delivery, i) => {
      events += delivery.arrivals.length;
      return i > 0 && events > LARGEST_COMMIT;
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }

  async #commit(group: readonly Delivery[]): Promise<void> {
    try {
      const arrivals = group.flatMap((delivery) => delivery.arrivals);
      const appended = await this.#db.transaction((tx) => appendArrivals(tx, this.#wakeUps, arrivals));
      this.#wakeUps.local("events");
      let at = 0;
      for (const delivery of group) {
        delivery.resolve(appended.slice(at, at + delivery.arrivals.length));
        at += delivery.arrivals.length;
      }
    } catch (error) {
      // One sender's trouble is not another's: each delivery is tried again alone. Not so when the connection was lost or
      // the lock not had: that commit may have happened, and one wait after the other would keep everyone waiting.
      if (group.length > 1 && isRefused(error)) for (const delivery of group) await this.#commit([delivery]);
      else for (const delivery of group) delivery.reject(error);
    }
  }
}

/** @throws MillraceError unknown_event_type, invalid_event. */
export function arrivalOf(event: NewEvent, catalogue: EventCatalogue, now: number): Arrival {
  const checked = catalogue.check(event);
  return {
    type: checked.type,
    data: checked.data,
    contact: checked.contact,
    source: event.source ?? "api",
    id: event.id ?? null,
    occurredAt: occurredAt(event.occurredAt, now),
    actor: event.actor ?? "api",
  };
}

/**
 * Names the contacts of the arrivals and puts them into the log, in this order; all or none.
 * @throws MillraceError invalid_contact, idempotency_conflict.
 */
export async function appendArrivals(
  tx: Tx,
  wakeUps: WakeUps,
  arrivals: readonly Arrival[],
): Promise<readonly Appended[]> {
  // The log's lock first, as everywhere: who takes a key first waits for the log while its holder waits for the key.
  const [{ first }, contacts] = await Promise.all([
    reservePositions(tx, arrivals.length, wakeUps.remoteStatement("events")),
    resolveContacts(
      tx,
      arrivals.map((arrival) => arrival.contact),
    ),
  ]);
  const rows = arrivals.map((arrival, i) => rowOf(arrival, contacts[i] ?? null, first + i));
  const written = await insertDeliveries(tx, rows);
  if (written.size === rows.length)
    return rows.map((row) => ({ position: row.position, contact: row.contact, isDuplicate: false }));
  const repeated = rows.filter((row) => !written.has(row.position));
  const earlier = await findDelivered(tx, repeated);
  // What was erased does not come back by being sent once more, nor does the name it was sent under.
  const erased = repeated.filter((row) => earlier.get(`${row.source}\n${row.id}`)?.type === "event_erased");
  if (erased.length > 0)
    await forgetUnheard(
      tx,
      erased.flatMap((row) => row.contact ?? []),
    );
  return rows.map((row) => {
    if (written.has(row.position)) return { position: row.position, contact: row.contact, isDuplicate: false };
    const known = earlier.get(`${row.source}\n${row.id}`);
    const isErased = known?.type === "event_erased";
    const isSame = known?.type === row.type && isDeepStrictEqual(known.data, JSON.parse(row.data));
    if (known === undefined || !(isErased || isSame)) throw conflict(row);
    return { position: known.position, contact: known.contact, isDuplicate: true };
  });
}

function rowOf(arrival: Arrival, contact: string | null, position: number): DeliveredRow {
  return {
    position,
    type: arrival.type,
    contact,
    data: JSON.stringify(arrival.data),
    occurredAt: arrival.occurredAt,
    cause: null,
    root: position,
    depth: 0,
    actor: arrival.actor,
    source: arrival.source,
    id: arrival.id,
    isSettled: false,
  };
}

interface Delivered {
  readonly position: number;
  readonly contact: string | null;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly data: Json;
}

async function findDelivered(tx: Tx, rows: readonly DeliveredRow[]): Promise<ReadonlyMap<string, Delivered>> {
  const found = await tx.query<Delivered>(
    `with wanted as (select * from unnest($1::text[], $2::text[]) as w(source, id))
     select position, contact, source, id, type, data from single_events
     where id is not null and (source, id) in (select source, id from wanted)
     union all
     select e.position, e.contact, w.source, w.id, e.type, e.data from wanted w join single_events e
       on e.source = 'erased' and e.id = erased_delivery((select salt from erasure_marks), w.source, w.id)`,
    [textColumn(rows.map((row) => row.source)), textColumn(rows.map((row) => row.id))],
    "find_delivered",
  );
  return new Map(found.map((row) => [`${row.source}\n${row.id}`, row]));
}

function conflict(row: DeliveredRow): MillraceError {
  return new MillraceError("idempotency_conflict", {
    saw: `An event with id "${row.id}" from "${row.source}" is in the log already, with other content. Nothing was recorded.`,
    expected: "the same content for the same id",
    next: "give the new fact an id of its own, or send the first one unchanged.",
    field: "id",
  });
}

function occurredAt(given: string | number | undefined, now: number): number {
  if (given === undefined) return now;
  const at = typeof given === "number" ? given : Date.parse(given);
  if (Number.isFinite(at) && at > 0 && at < 8.64e15) return at;
  throw new MillraceError("invalid_event", {
    saw: `occurredAt ${JSON.stringify(given)} is not a moment. Nothing was recorded.`,
    expected: "ISO 8601 or milliseconds since 1970",
    next: "correct occurredAt, or leave it out.",
    field: "occurredAt",
  });
}

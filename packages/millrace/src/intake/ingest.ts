/**
 * The way in for events from outside: checked by the catalogue, named after their contact, appended once.
 * Group commit without a timer: while one transaction commits, everything that arrives gathers for the next.
 * Where the runner has nothing else to do they are decided here, and written with all they lead to in one transaction.
 */

import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../base/clock.ts";
import { MillraceError } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import { forgetUnheard, resolveContacts } from "../contacts/identity.ts";
import { textColumn } from "../db/columns.ts";
import { type Database, isCommitUnknown, isConnectionLost, isRefused, type Tx } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { Appended, Json, NewEvent } from "../events/event.ts";
import { type DeliveredRow, insertDeliveries, reservePositions } from "../events/log-writer.ts";
import { traced } from "../logging/tracing.ts";
import { type IncomingEvent, incomingEventOf } from "./incoming-event.ts";
import { lookAgain, notRecorded, notWritten } from "./look-again.ts";

/** Events at most in one transaction: larger ones make everyone else wait for the log's lock. */
const LARGEST_COMMIT = 2_000;

/** Arrivals and all that follows from them, decided and ready to be written together. */
export interface DecidedIntake {
  /**
   * Writes them in one transaction.
   * @returns undefined when what was decided on no longer holds, e.g. someone has appended meanwhile: nothing was written.
   */
  write(): Promise<readonly Appended[] | undefined>;
  /** In place of `write`: they are not written so. */
  giveUp(): void;
}

/** Decides arrivals before they are in the log, so that a form and all it leads to are one transaction. */
export interface IntakeDecider {
  /** Arrivals at most to be decided together. */
  readonly most: number;
  /**
   * @param before those that are being written meanwhile, and stand before these in the log, one behind the other.
   * @returns "append" when they are to be appended as they are, for the runner to decide; "wait" when it cannot be said
   *   before those are written.
   */
  decide(
    arrivals: readonly IncomingEvent[],
    before: readonly DecidedIntake[],
  ): Promise<DecidedIntake | "append" | "wait">;
}

interface Delivery {
  readonly arrivals: readonly IncomingEvent[];
  /** By the process's own steady clock. */
  readonly since: number;
  readonly resolve: (appended: readonly Appended[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Deliveries that are written together. */
interface Group {
  readonly deliveries: readonly Delivery[];
  readonly arrivals: readonly IncomingEvent[];
  readonly decided: DecidedIntake | "append" | "wait";
}

/** A group that is being written. */
interface Writing {
  readonly decided: Group["decided"];
  /** Was it written as it was decided? */
  readonly written: Promise<boolean>;
}

/** Transactions sent one behind the other: the second one begins when the first one ends, without our word. */
const MAX_UNDER_WAY = 2;

/** A failure that took so long was a connection that hung, and not one that was refused or reset. */
const HANGING_MS = 4_000;

export class Ingest {
  readonly #db: Database;
  readonly #wakeUps: WakeUps;
  readonly #catalogue: EventCatalogue;
  readonly #clock: Clock;
  readonly #decider: IntakeDecider | undefined;
  #waiting: Delivery[] = [];
  /** Those that wait no longer and are not answered yet: being decided, or being written. One entry a group. */
  readonly #underWay = new Set<readonly Delivery[]>();
  #pump: Promise<void> | undefined;

  /** @param decider decides arrivals where they come in; without one they are appended, and decided by who reads them. */
  constructor(db: Database, wakeUps: WakeUps, catalogue: EventCatalogue, clock: Clock, decider?: IntakeDecider) {
    this.#db = db;
    this.#wakeUps = wakeUps;
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#decider = decider;
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
    const arrivals = events.map((event) => incomingEventOf(event, this.#catalogue, now));
    return traced("append", { attributes: { "millrace.events": arrivals.length } }, () => this.#take(arrivals));
  }

  /** Since when the oldest delivery waits for its answer, in milliseconds; 0: none waits. */
  get oldestWaitMs(): number {
    const oldest = [...this.#underWay, this.#waiting].flat().map(({ since }) => since);
    return oldest.length === 0 ? 0 : performance.now() - Math.min(...oldest);
  }

  /** What has been accepted and not answered yet, for the record of a process that has to end in the middle of it. */
  get openArrivals(): readonly IncomingEvent[] {
    return [...this.#underWay, this.#waiting].flat().flatMap(({ arrivals }) => arrivals);
  }

  /** Appends what an earlier process had accepted (`openArrivals`) and could not write; what it has written is left out. */
  async resume(arrivals: readonly IncomingEvent[]): Promise<void> {
    const missing = await notWritten(this.#db, arrivals);
    if (missing.length > 0) await this.#take(missing);
  }

  #take(arrivals: readonly IncomingEvent[]): Promise<readonly Appended[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ arrivals, since: performance.now(), resolve, reject });
      this.#pump ??= this.#commitAll();
    });
  }

  /** Resolves when everything accepted so far is committed or refused. */
  async drain(): Promise<void> {
    await this.#pump;
  }

  /**
   * Group after group: while some are being written, the next one is decided, and sent behind them as soon as it is. So
   * the database goes on at once, and answers are given while it is at work.
   */
  async #commitAll(): Promise<void> {
    // One turn of the event loop: requests read from the sockets together share the commit.
    await new Promise(setImmediate);
    let group: Group | undefined;
    let underWay: Writing[] = [];
    // Who comes while the last one looks round in vain has to be seen: no one else begins before this has ended.
    while (group !== undefined || this.#waiting.length > 0) {
      group ??= await this.#gather([]);
      if (group === undefined) continue;
      const written = this.#commit(group, underWay.at(-1)?.written);
      underWay.push({ decided: group.decided, written });
      const next: Group | undefined = await this.#gatherBehind(underWay);
      const oldest = underWay.length === MAX_UNDER_WAY ? underWay.shift() : undefined;
      const isAsDecided = (await oldest?.written) ?? true;
      if (typeof next?.decided === "object" && isAsDecided) {
        group = next;
        continue;
      }
      await Promise.all(underWay.map((writing) => writing.written));
      underWay = [];
      // What was decided behind one that was not written so would not hold either.
      if (typeof next?.decided === "object") next.decided.giveUp();
      group = next === undefined || next.decided === "append" ? next : await this.#decide(next.deliveries, []);
    }
    this.#pump = undefined;
  }

  /** @returns undefined when no one waits, or nothing can be decided before those under way are written. */
  async #gatherBehind(underWay: readonly Writing[]): Promise<Group | undefined> {
    const before = underWay.map(({ decided }) => decided);
    return before.every((decided) => typeof decided === "object") ? this.#gather(before) : undefined;
  }

  /** @returns undefined when no one waits. */
  async #gather(before: readonly DecidedIntake[]): Promise<Group | undefined> {
    while (this.#waiting.length > 0) {
      const group = await this.#decide(this.#nextDeliveries(), before);
      if (group !== undefined) return group;
    }
    return undefined;
  }

  /** @returns undefined when that failed; their senders know. */
  async #decide(deliveries: readonly Delivery[], before: readonly DecidedIntake[]): Promise<Group | undefined> {
    const arrivals = deliveries.flatMap((delivery) => delivery.arrivals);
    try {
      return { deliveries, arrivals, decided: (await this.#decider?.decide(arrivals, before)) ?? "append" };
    } catch (error) {
      this.#underWay.delete(deliveries);
      for (const delivery of deliveries) delivery.reject(error);
      return undefined;
    }
  }

  #nextDeliveries(): readonly Delivery[] {
    const most = this.#decider?.most ?? LARGEST_COMMIT;
    let events = 0;
    const end = this.#waiting.findIndex((delivery, i) => {
      events += delivery.arrivals.length;
      return i > 0 && events > most;
    });
    const deliveries = this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
    this.#underWay.add(deliveries);
    return deliveries;
  }

  /**
   * @param before tells when the group before it is written: where both are appended after all, they keep their order.
   * @returns whether it was written as it was decided.
   */
  async #commit({ deliveries, arrivals, decided }: Group, before?: Promise<boolean>): Promise<boolean> {
    try {
      const written = typeof decided === "object" ? await decided.write() : undefined;
      if (written === undefined) await before;
      const appended = written ?? (await this.#append(arrivals));
      let at = 0;
      for (const delivery of deliveries) {
        delivery.resolve(appended.slice(at, at + delivery.arrivals.length));
        at += delivery.arrivals.length;
      }
      return written !== undefined;
    } catch (error) {
      // One sender's trouble is not another's: each delivery is tried again alone. Not so when the connection was lost or
      // the lock not had: that commit may have happened, and one wait after the other would keep everyone waiting.
      if (deliveries.length > 1 && isRefused(error)) {
        for (const delivery of deliveries) {
          await this.#commit({ deliveries: [delivery], arrivals: delivery.arrivals, decided: "append" });
        }
      } else {
        await Promise.all(deliveries.map((delivery) => this.#answerInDoubt(delivery, error)));
        this.#turnAway(deliveries, error);
      }
      return false;
    } finally {
      this.#underWay.delete(deliveries);
    }
  }

  /** Where the commit's answer was lost, the log says whether it happened. */
  async #answerInDoubt({ arrivals, resolve, reject }: Delivery, error: unknown): Promise<void> {
    if (!isCommitUnknown(error)) return reject(error);
    const found = await lookAgain(this.#db, arrivals, error).catch(() => "unknown" as const);
    if (found === "unknown") reject(error);
    else if (found === undefined) reject(notRecorded(error));
    else resolve(found);
  }

  /** While a connection hung others came. They would wait as long once more: nothing of theirs was sent, and they may come again. */
  #turnAway(deliveries: readonly Delivery[], error: unknown): void {
    const since = Math.min(...deliveries.map((delivery) => delivery.since));
    if (!isConnectionLost(error) || performance.now() - since < HANGING_MS) return;
    const lost = notRecorded(error);
    for (const { reject } of this.#waiting.splice(0)) reject(lost);
  }

  async #append(arrivals: readonly IncomingEvent[]): Promise<readonly Appended[]> {
    failpoint("before-append");
    const appended = await this.#db.transaction((tx) => appendIncoming(tx, this.#wakeUps, arrivals));
    failpoint("after-append");
    this.#wakeUps.local("events");
    return appended;
  }
}

/**
 * Names the contacts of the arrivals and puts them into the log, in this order; all or none.
 * @throws MillraceError invalid_contact, idempotency_conflict.
 */
export async function appendIncoming(
  tx: Tx,
  wakeUps: WakeUps,
  arrivals: readonly IncomingEvent[],
): Promise<readonly Appended[]> {
  // The log's lock first, as everywhere: who takes a key first waits for the log while its holder waits for the key.
  const [{ first }, contacts] = await Promise.all([
    reservePositions(tx, arrivals.length, wakeUps.remoteStatement("events")),
    resolveContacts(
      tx,
      arrivals.map((arrival) => arrival.contact),
    ),
  ]);
  const rows = arrivals.map((arrival, i) => deliveredRow(arrival, contacts[i] ?? null, first + i));
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

/** An arrival that has its contact and its position. */
export function deliveredRow(
  arrival: IncomingEvent,
  contact: string | null,
  position: number,
  { isSettled = false } = {},
): DeliveredRow {
  return {
    position,
    type: arrival.type,
    contact,
    data: arrival.data,
    occurredAt: arrival.occurredAt,
    cause: null,
    root: position,
    depth: 0,
    actor: arrival.actor,
    source: arrival.source,
    id: arrival.id,
    isSettled,
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

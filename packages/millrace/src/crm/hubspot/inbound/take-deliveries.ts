/**
 * Webhooks that the door has kept, into the log: many at once, in one transaction that also deletes them, as fast as the
 * workflows decide. They never stand in front of a form for long: no more is taken while a batch of events is undecided.
 * Poison costs itself only: a change PostgreSQL refuses is set aside, the rest of its delivery goes on. Run by incoming.ts
 * in every engine; any number of processes may.
 */

import { messageOf } from "../../../base/errors.ts";
import { failpoint } from "../../../base/failpoint.ts";
import { isRefused, type Tx } from "../../../db/database.ts";
import { PollLoop } from "../../../db/poll-loop.ts";
import type { Intake } from "./delivery.ts";
import { claimDeliveries, type DeliveryRow, isDeliveryWaiting, oldestDeliveries } from "./delivery-rows.ts";
import type { History } from "./history.ts";
import { setAside } from "./incoming-rows.ts";
import { type ReadBody, readBody } from "./read-body.ts";
import { takeChanges, takeWithin } from "./take-changes.ts";

export interface TakeDeliveriesOptions {
  readonly sweepMs: number;
  /** True while so much waits to be decided that a form would wait too long behind more. */
  readonly isBusy: () => Promise<boolean>;
  /** Told after each commit how many events it appended. */
  readonly onTaken: (appended: number) => void;
  readonly onError: (error: unknown) => void;
  /** What was missed around changes that come late. */
  readonly history: History;
}

/** Deliveries taken at once, and the bytes of their bodies: about two hundred changes, so that the door is not kept waiting. */
const MOST = 100;
const MAX_BYTES = 50_000;
/** How long the deliveries stand still when others are being served. */
const YIELD_MS = 10;

interface Waiting extends ReadBody {
  readonly id: number;
}

export function deliveryTaker(
  intake: Intake,
  { sweepMs, isBusy, onTaken, onError, history }: TakeDeliveriesOptions,
): PollLoop {
  const { db, wakeUps, clock } = intake;
  return new PollLoop({ turn, sweepMs, onError });

  async function turn(): Promise<boolean> {
    if (!(await isDeliveryWaiting(db))) return false;
    if (await isBusy()) {
      await new Promise((resolve) => setTimeout(resolve, YIELD_MS));
      return true;
    }
    const now = clock.now();
    const waiting: Waiting[] = [];
    for (const row of await oldestDeliveries(db, MOST, MAX_BYTES)) {
      waiting.push(read(row, now));
      await roomForOthers();
    }
    await addMissed(waiting);
    await taken(waiting).catch(async (error: unknown) => {
      if (!isRefused(error)) throw error;
      for (const one of waiting) await takenAlone(one);
    });
    return true;
  }

  /** What was true in between comes with the delivery that made it known. */
  async function addMissed(waiting: Waiting[]): Promise<void> {
    const missed = await history.around(waiting.flatMap(({ changes }) => changes));
    const first = waiting[0];
    if (missed.length > 0 && first !== undefined) waiting[0] = { ...first, changes: [...first.changes, ...missed] };
  }

  async function taken(waiting: readonly Waiting[]): Promise<void> {
    await commit(waiting, async (tx, claimed) =>
      takeWithin(tx, intake, {
        changes: claimed.flatMap(({ changes }) => changes),
        bad: claimed.flatMap(({ bad }) => bad),
      }),
    );
  }

  async function takenAlone(one: Waiting): Promise<void> {
    await taken([one]).catch(async (error: unknown) => {
      if (!isRefused(error)) throw error;
      await takenApart(one);
    });
  }

  /**
   * Change by change, each in a transaction of its own, the refused ones set aside with the delivery's end. A crash in
   * between leaves the delivery: what was taken of it is recognised then.
   */
  async function takenApart(one: Waiting): Promise<void> {
    const bad = [...one.bad];
    let appended = 0;
    for (const change of one.changes) {
      await takeChanges(intake, { changes: [change] }).then(
        (count) => {
          appended += count;
        },
        (error: unknown) => {
          if (!isRefused(error)) throw error;
          bad.push({ error: messageOf(error), raw: JSON.stringify(change) });
        },
      );
    }
    await commit([one], async (tx, claimed) => {
      if (claimed.length > 0) await setAside(tx, bad, clock.now());
      return appended;
    });
  }

  /** The deliveries are gone when, and only when, what `take` makes of them is there. */
  async function commit(
    waiting: readonly Waiting[],
    take: (tx: Tx, claimed: readonly Waiting[]) => Promise<number>,
  ): Promise<void> {
    const appended = await db.transaction(async (tx) => {
      const ids = await claimDeliveries(
        tx,
        waiting.map(({ id }) => id),
      );
      failpoint("before-webhook-taken");
      return take(
        tx,
        waiting.filter(({ id }) => ids.has(id)),
      );
    });
    failpoint("after-webhook-taken");
    if (appended > 0) wakeUps.local("events");
    onTaken(appended);
  }
}

/** Someone may be at the door. */
async function roomForOthers(): Promise<void> {
  await new Promise(setImmediate);
}

function read({ id, body }: DeliveryRow, now: number): Waiting {
  return { id, ...readBody(body, now) };
}

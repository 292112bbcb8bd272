/**
 * Reading HubSpot's webhooks journal: the webhooks of a machine that HubSpot cannot reach. What a file tells is kept like
 * a webhook, in the transaction that moves the place in the journal; take-deliveries.ts brings it into the log. So a crash
 * neither loses nor doubles, and what a webhook or polling brought already changes nothing. One process reads; two would do
 * nothing twice, because a place is only moved by who saw it last.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Leadership } from "../../../db/leadership.ts";
import { PollLoop } from "../../../db/poll-loop.ts";
import { appendFacts } from "../../../events/facts.ts";
import { lockLog } from "../../../events/log-lock.ts";
import type { JournalApi, JournalEntry } from "../client/journal-api.ts";
import type { Intake } from "./delivery.ts";
import { isBacklog, storeDeliveries } from "./delivery-rows.ts";
import { moveCursor, readCursor, saveCursor } from "./incoming-rows.ts";
import { journalled } from "./journalled.ts";

const JOURNAL_LOCK = 7_241_041;
const PLACE = "journal";
/** So long HubSpot keeps an entry; an hour less, for clocks that differ and files under way. */
const KEPT_MS = 3 * 24 * 3_600_000 - 3_600_000;
/** How long the reading stands still when what was read has to be taken first. */
const YIELD_MS = 20;
const LOOK_EVERY_MS = 1_000;

interface JournalCursor {
  /** Of the last entry that was kept; null: the journal is read from its earliest one. */
  readonly offset: string | null;
  /** Our clock: what HubSpot had published by then was kept. */
  readonly readAt: number;
  /** What was changed after this, by our clock, was not kept and has to be asked for. */
  readonly missedSince?: number;
}

export interface JournalOptions {
  readonly journal: JournalApi;
  /** 0: never. */
  readonly everyMs: number;
  /** Tells HubSpot what is to stand in the journal. @returns HubSpot's id of the account. */
  readonly prepare: () => Promise<string>;
  /** Asks HubSpot what has changed since then. */
  readonly catchUp: (since: number) => Promise<void>;
  /** Told when something was kept. */
  readonly onKept: () => void;
  /** Told when HubSpot has answered, whatever it had. */
  readonly onRead: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export interface JournalReader {
  /** Keeps everything that HubSpot has published so far. */
  readNow(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function journalReader(intake: Intake, options: JournalOptions): JournalReader {
  const { db, clock } = intake;
  const { journal, everyMs } = options;
  const leadership = new Leadership(db, JOURNAL_LOCK);
  const loop = new PollLoop({ turn, sweepMs: Math.min(everyMs, LOOK_EVERY_MS), onError: options.onError });
  let portal: string | undefined;
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    async readNow() {
      while (await step());
    },
    start() {
      if (everyMs > 0) loop.start();
    },
    async stop() {
      await loop.stop();
      await leadership.release();
    },
  };

  async function turn(): Promise<boolean> {
    if (clock.now() < nextAt || !(await leadership.lead())) return false;
    if (await isBacklog(db)) {
      await sleep(YIELD_MS);
      return true;
    }
    const mayHaveMore = await step();
    if (!mayHaveMore) nextAt = clock.now() + everyMs;
    return mayHaveMore;
  }

  /** One entry. @returns false when HubSpot has no more for now. */
  async function step(): Promise<boolean> {
    portal ??= await options.prepare();
    const place = await readCursor<JournalCursor>(db, PLACE);
    if (place === undefined) return begin();
    if (place.missedSince !== undefined) {
      await options.catchUp(place.missedSince);
      await db.transaction((tx) => moveCursor(tx, PLACE, place, { offset: place.offset, readAt: place.readAt }));
      return true;
    }
    const now = clock.now();
    const entry = await journal.entry(place.offset === null ? "earliest" : { after: place.offset });
    await options.onRead();
    const isLate = now - place.readAt > KEPT_MS;
    if (entry === "gone" || (isLate && place.offset === null)) return startAgain(place, isLate, now);
    if (entry !== undefined) return keep(place, entry, portal);
    await db.transaction((tx) => moveCursor(tx, PLACE, place, { ...place, readAt: now }));
    return false;
  }

  /** An installation begins with what happens from now on. What was there before is for the import. */
  async function begin(): Promise<boolean> {
    const readAt = clock.now();
    const newest = await journal.entry("latest");
    await saveCursor(db, PLACE, { offset: newest === undefined || newest === "gone" ? null : newest.offset, readAt });
    return true;
  }

  async function keep(place: JournalCursor, entry: JournalEntry, account: string): Promise<boolean> {
    const { bodies, publishedAt } = journalled(await journal.read(entry), account);
    const readAt = Math.max(place.readAt, publishedAt);
    await db.transaction(async (tx) => {
      if (!(await moveCursor(tx, PLACE, place, { offset: entry.offset, readAt }))) return;
      if (bodies.length > 0) await storeDeliveries(tx, bodies);
    });
    if (bodies.length > 0) options.onKept();
    return true;
  }

  /**
   * Nothing follows the offset any more, or no one knows what came before the earliest entry. Where we were here lately
   * that is all: what is there is all new. Otherwise some is missing, which is said once, in the log, and asked for.
   */
  async function startAgain(place: JournalCursor, isLate: boolean, now: number): Promise<boolean> {
    await db.transaction(async (tx) => {
      await lockLog(tx);
      const to = isLate ? { offset: null, readAt: now, missedSince: place.readAt } : { ...place, offset: null };
      if (!(await moveCursor(tx, PLACE, place, to)) || !isLate) return;
      const data = { system: "hubspot", since: new Date(place.readAt).toISOString() };
      await appendFacts(tx, [{ type: "crm_changes_missed", data }], "hubspot", now);
    });
    intake.wakeUps.local("events");
    return true;
  }
}

/** Can work be taken? Asks the database, and whether its schema is this program's. A silent monitor is named, and keeps nothing out. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ClockWatch } from "../../db/clock-watch.ts";
import type { Database } from "../../db/database.ts";
import { migrationStatus } from "../../db/migrate.ts";
import { whyHeld } from "../../db/outside-hold.ts";
import { freeDiskMb } from "../../monitor/measure.ts";
import { lastTurn } from "../../monitor/monitor-store.ts";
import { isSilent } from "../../monitor/silence.ts";
import { silenceWords } from "./health.ts";

export interface Readiness {
  readonly ok: boolean;
  /** Why not; or, where it is, what an operator should know all the same. */
  readonly reasons: readonly string[];
}

interface Asked {
  readonly db: Database;
  /** How often the monitor turns; undefined: it is switched off. */
  readonly monitorEveryMs: number | undefined;
  readonly clockWatch: ClockWatch;
  /** Since when the oldest of what came in waits to be recorded, in milliseconds. */
  readonly oldestArrivalMs: number;
  /** The embedded database's own folder; undefined: a server's disk is not ours to see. */
  readonly databaseFolder?: string;
  /** So much free space its disk must have, in MB. */
  readonly diskWatermarkMb?: number;
}

const ANSWER_WITHIN_MS = 2_000;
/** What waits longer than this waits for something that does not come. */
const MAX_ARRIVAL_MS = 10_000;

/** Answers within two seconds, whatever hangs. */
export async function readinessOf(asked: Asked): Promise<Readiness> {
  const waited = new AbortController();
  const late = sleep(ANSWER_WITHIN_MS, undefined, { signal: waited.signal }).then(
    () => LATE,
    () => LATE,
  );
  const answer = await Promise.race([judged(asked), late]);
  waited.abort();
  return answer;
}

const LATE: Readiness = { ok: false, reasons: [`the database does not answer within ${ANSWER_WITHIN_MS / 1_000} s`] };

async function judged(asked: Asked): Promise<Readiness> {
  const hanging = asked.oldestArrivalMs > MAX_ARRIVAL_MS;
  const seconds = Math.round(asked.oldestArrivalMs / 1_000);
  const reasons = [
    ...(hanging ? [`what came in ${seconds} s ago is not recorded yet`] : []),
    ...(await diskTrouble(asked)),
    ...(await troubles(asked.db)),
  ];
  return reasons.length > 0 ? { ok: false, reasons } : { ok: true, reasons: await remarks(asked) };
}

/** Said before the disk is full: what routes requests sends them elsewhere, and there is time to make room. */
async function diskTrouble({ databaseFolder, diskWatermarkMb = 0 }: Asked): Promise<string[]> {
  const free = await freeDiskMb(databaseFolder);
  if (free === null || free >= diskWatermarkMb) return [];
  return [
    `the database's disk has ${Math.round(free)} MB left, less than ${diskWatermarkMb} (gateway.diskWatermarkMb)`,
  ];
}

async function remarks({ db, monitorEveryMs, clockWatch }: Asked): Promise<string[]> {
  const clock = await clockWatch.trouble();
  const remarks = [clock, await whyHeld(db)].filter((remark) => remark !== undefined);
  if (monitorEveryMs === undefined || !(await isSilent(db, monitorEveryMs))) return remarks;
  return [...remarks, silenceWords(await lastTurn(db))];
}

async function troubles(db: Database): Promise<string[]> {
  try {
    const { pending, unknown } = await migrationStatus(db);
    return [
      ...pending.map((name) => `migration ${name} is not applied; run \`millrace migrate\``),
      ...unknown.map((name) => `the database has migration ${name} of a newer version`),
    ];
  } catch {
    return ["the database does not answer"];
  }
}

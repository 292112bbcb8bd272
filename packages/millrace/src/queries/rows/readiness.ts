/** Can work be taken? Asks the database, and whether its schema is this program's. A silent monitor is named, and keeps nothing out. */
import type { Database } from "../../db/database.ts";
import { migrationStatus } from "../../db/migrate.ts";
import { lastTurn } from "../../monitor/memory.ts";
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
}

export async function readinessOf(asked: Asked): Promise<Readiness> {
  const reasons = await troubles(asked.db);
  return reasons.length > 0 ? { ok: false, reasons } : { ok: true, reasons: await remarks(asked) };
}

async function remarks({ db, monitorEveryMs }: Asked): Promise<string[]> {
  if (monitorEveryMs === undefined || !(await isSilent(db, monitorEveryMs))) return [];
  return [silenceWords(await lastTurn(db))];
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

/** What the database says: whether it answers, its version and schema, its clock, and what waits in it. */
import { systemClock } from "../../base/clock.ts";
import { MAX_OFF_MS, skewOf } from "../../db/clock-watch.ts";
import type { Database } from "../../db/database.ts";
import { migrationStatus } from "../../db/migrate.ts";
import { poolingOf } from "../../db/pooler.ts";
import { sequencesBehind } from "../../db/sequences.ts";
import type { LoadedConfig } from "../../load-config/load-config.ts";
import { rangeOf } from "../../restore/restore-guard.ts";
import { readOpenRestore } from "../../restore/restores.ts";
import { openDatabase } from "../database.ts";
import { CliError, failureOf } from "../exit-codes.ts";
import { type Diagnosis, fail, pass, warn } from "./finding.ts";

const OLDEST_SERVER = 150_000;
const MAX_SKEW_MS = 1_000;

export async function checkDatabase(loaded: LoadedConfig): Promise<readonly Diagnosis[]> {
  try {
    const open = await openDatabase(loaded, { anySchema: true });
    try {
      return await examine(open.db, open.by);
    } finally {
      await open.close();
    }
  } catch (error) {
    if (error instanceof CliError) return [pass("database", "none yet; the first start makes it")];
    const { message, hint } = failureOf(error);
    return [fail("database", message, hint)];
  }
}

async function examine(db: Database, by: string): Promise<readonly Diagnosis[]> {
  const server = await checkServer(db, by);
  if (server.level === "fail") return [server];
  if (server.level === "pass" && (await poolingOf(db)) === "transaction")
    return [fail("database", `${server.saw}, through a pooler in transaction mode`, TRANSACTION_POOLER)];
  const schema = await checkSchema(db);
  const clock = await checkClock(db);
  return schema.level === "pass"
    ? [server, schema, clock, await checkSequences(db), await checkRestore(db), await checkDeadLetters(db)]
    : [server, schema, clock];
}

const TRANSACTION_POOLER =
  "give the server's own address, or set pool_mode = session: prepared statements, advisory locks and LISTEN need a session.";

async function checkServer(db: Database, by: string): Promise<Diagnosis> {
  const [row] = await db.query<{ version: string; number: number; isReadOnly: boolean }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('transaction_read_only')::boolean as "isReadOnly"`,
  );
  const saw = `PostgreSQL ${row?.version} (${by})`;
  if ((row?.number ?? 0) < OLDEST_SERVER) return fail("database", saw, "use PostgreSQL 15 or newer.");
  if (row?.isReadOnly) return fail("database", `${saw} takes no writes`, "point DATABASE_URL at the primary server.");
  return pass("database", saw);
}

async function checkSchema(db: Database): Promise<Diagnosis> {
  const { applied, pending, unknown } = await migrationStatus(db);
  if (unknown.length > 0)
    return fail("schema", `migrated by a newer version: ${unknown.join(", ")}`, "run that version of Millrace.");
  if (pending.length > 0)
    return warn(
      "schema",
      `${pending.join(", ")} not applied yet`,
      "run `millrace migrate up`, or start the engine, which does it.",
    );
  return pass("schema", `up to date (${applied.at(-1)})`);
}

/** Leases are judged by the database's clock, so skew is harmless for them; due times are not. */
async function checkClock(db: Database): Promise<Diagnosis> {
  const skew = Math.abs(await skewOf(db, systemClock));
  const saw = `${Math.round(skew)} ms apart from the database's`;
  if (skew > MAX_OFF_MS)
    return fail("clock", `${saw}: a process here does no work`, "let both machines keep time by NTP.");
  return skew > MAX_SKEW_MS
    ? warn("clock", saw, "let both machines keep time by NTP; due times and delays are off by that much.")
    : pass("clock", saw);
}

/** A server filled by logical replication or by COPY has the rows and not the sequences. */
async function checkSequences(db: Database): Promise<Diagnosis> {
  const behind = await sequencesBehind(db);
  if (behind.length === 0) return pass("sequences", "ahead of what is in the tables");
  const saw = behind
    .map(({ sequence, next, used }) => `${sequence} would give ${next}, and ${used} is in use`)
    .join("; ");
  return fail("sequences", saw, "start the engine, which sets them, before anything else writes to this server.");
}

async function checkRestore(db: Database): Promise<Diagnosis> {
  const open = await readOpenRestore(db);
  if (open === undefined) return pass("restore", "nothing is held");
  const range = rangeOf(open.newest, open.lastMissing);
  return warn(
    "restore",
    `${open.detail} Events may be missing: ${range}; mail, CRM writes and webhooks are kept in`,
    "see `millrace restore status`, then `millrace restore confirm`.",
  );
}

async function checkDeadLetters(db: Database): Promise<Diagnosis> {
  const [row] = await db.query<{ count: number }>(
    "select count(*)::int as count from dead_letters where resolved_at is null",
  );
  const count = row?.count ?? 0;
  if (count === 0) return pass("dead letters", "none");
  return warn(
    "dead letters",
    `${count} events could not be taken`,
    "look at them in the console, mend the workflow, and send them again.",
  );
}

/** The database a backup is restored into: is it in use, does it hold data, and how another one takes its place. */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { MillraceError } from "../base/errors.ts";
import { quoted } from "./schema-rows.ts";

const CONNECT_WITHIN_MS = 5_000;
/** A connection that was closed a moment ago, as of a restore that failed, is still among the server's for so long. */
const LEAVE_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 100;
/** Tables of which one row means that the engine has worked here. */
const TELLING = ["single_events", "settlements", "contacts", "tasks", "bulk_events", "hubspot_deliveries", "api_keys"];

/** @throws MillraceError database_locked when anything else is connected: an engine would go on with what it remembers. */
export async function freeOfOthers(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const deadline = performance.now() + LEAVE_WITHIN_MS;
    let others = await othersAt(client);
    while (others > 0 && performance.now() < deadline) {
      await sleep(LOOK_EVERY_MS);
      others = await othersAt(client);
    }
    if (others === 0) return;
    throw new MillraceError("database_locked", {
      saw: `${others} other ${others === 1 ? "connection uses" : "connections use"} this database. Nothing was restored.`,
      next: "stop every engine and worker of it, then restore again.",
    });
  });
}

async function othersAt(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
  );
  return rows[0]?.count ?? 0;
}

export async function holdsData(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    for (const table of TELLING) {
      const { rows: there } = await client.query("select to_regclass($1) as found", [table]);
      if (there[0]?.found === null) continue;
      const { rows } = await client.query(`select from ${quoted(table)} limit 1`);
      if (rows.length > 0) return true;
    }
    return false;
  });
}

/**
 * Fills a database beside this one and puts it in its place when it is whole; then the old one is dropped.
 * @param conclude what goes with it, done when nothing is in the way of the exchange any more; where it throws, the old one stays.
 * @throws MillraceError database_setup when this role may not make databases; database_locked when someone has connected meanwhile.
 */
export async function inPlaceOf<Result>(
  url: string,
  fill: (url: string) => Promise<Result>,
  conclude: (filled: Result) => Promise<void>,
): Promise<Result> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const beside = `${name}_restoring`;
  const replaced = `${name}_replaced`;
  const otherUrl = (database: string) =>
    Object.assign(new URL(url), { pathname: `/${encodeURIComponent(database)}` }).href;
  return withClient(otherUrl("postgres"), async (client) => {
    try {
      // What an earlier restore that was cut off has left.
      for (const left of [beside, replaced]) await client.query(`drop database if exists ${quoted(left)}`);
      await client.query(`create database ${quoted(beside)} encoding 'UTF8' template template0`);
    } catch (cause) {
      throw mayNotMake(cause);
    }
    try {
      const done = await fill(otherUrl(beside));
      // Both or neither, so that there is a database of that name at any moment.
      await client.query("begin");
      await client.query(`alter database ${quoted(name)} rename to ${quoted(replaced)}`);
      await client.query(`alter database ${quoted(beside)} rename to ${quoted(name)}`);
      await conclude(done);
      await client.query("commit");
      await client.query(`drop database ${quoted(replaced)}`);
      return done;
    } catch (error) {
      await client.query("rollback").catch(() => {});
      await client.query(`drop database if exists ${quoted(beside)}`).catch(() => {});
      throw (error as { code?: unknown }).code === IN_USE ? usedMeanwhile(error) : error;
    }
  });
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS, keepAlive: true });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** SQLSTATE object_in_use. */
const IN_USE = "55006";

function usedMeanwhile(cause: unknown): MillraceError {
  return new MillraceError("database_locked", {
    saw: "Somebody has connected to this database while the backup was read. It is as it was; nothing was restored.",
    next: "stop every engine and worker of it, and what starts them again; then restore once more.",
    cause,
  });
}

function mayNotMake(cause: unknown): MillraceError {
  return new MillraceError("database_setup", {
    saw: `No database can be made beside this one: ${cause instanceof Error ? cause.message : String(cause)}.`,
    next: "make an empty database, name it in DATABASE_URL and restore into it without --overwrite.",
    cause,
  });
}

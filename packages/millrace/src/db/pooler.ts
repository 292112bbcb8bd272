/**
 * Is there a pooler between us and the server, and does a connection keep its session? In transaction mode it does not:
 * prepared statements, advisory locks and LISTEN, of which the engine is made, then go astray without a word.
 */
import type pg from "pg";
import { MillraceError } from "../base/errors.ts";
import type { Database } from "./database.ts";

export type Pooling = "none" | "session" | "transaction";

const TRIES = 3;

/** Asks by two connections of its own. */
export async function poolingOf(db: Database): Promise<Pooling> {
  const first = await db.connect();
  try {
    // A pooler answers with a process number of its own making.
    if ((first as unknown as { readonly processID: number }).processID === (await processOf(first))) return "none";
    const second = await db.connect();
    try {
      for (let i = 0; i < TRIES; i++) if (await areShared(first, second)) return "transaction";
      return "session";
    } finally {
      await second.end();
    }
  } finally {
    await first.end();
  }
}

/** @throws MillraceError database_setup when connections do not keep their sessions. */
export async function refuseTransactionPooler(db: Database): Promise<void> {
  if ((await poolingOf(db)) !== "transaction") return;
  throw new MillraceError("database_setup", {
    saw: "Between here and the database is a pooler in transaction mode (as PgBouncer's pool_mode = transaction).",
    expected: "connections that keep their session: prepared statements, advisory locks and LISTEN need it",
    next: "give the server's own address in DATABASE_URL, or set pool_mode = session for this database.",
    field: "databaseUrl",
  });
}

/** Does one client get the server's process that another one was just given? */
async function areShared(first: pg.Client, second: pg.Client): Promise<boolean> {
  const before = await processOf(first);
  await second.query("begin");
  const taken = await processOf(second);
  await second.query("rollback");
  return before === taken;
}

async function processOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]?.pid ?? 0;
}

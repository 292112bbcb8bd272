/**
 * The rights of a role that runs the engine and owns nothing: it reads, adds to the log, and changes what is not the log. Given by the
 * owner of the schema, with `millrace migrate up --runtime-role NAME`; doing it twice is harmless.
 */
import { MillraceError, messageOf } from "../base/errors.ts";
import type { Database, Tx } from "./database.ts";

const LOG = ["single_events", "settlements", "single_decisions", "single_finished_tasks"];
/** The owner's functions, for the little that must be done to the log and the statistics. */
const FUNCTIONS = [
  "erase_history(uuid[], bigint[], bigint[])",
  "forget_decisions(bigint, text[])",
  "analyze_tables(text[], boolean)",
];

/** @throws MillraceError database_setup when there is no such role, or it may not be given rights. */
export async function grantRuntime(db: Database, role: string): Promise<void> {
  try {
    await db.transaction((tx) => grant(tx, role));
  } catch (cause) {
    throw new MillraceError("database_setup", {
      saw: `The role ${role} was not given its rights: ${messageOf(cause)}.`,
      expected: "a role that exists, and DATABASE_URL naming the owner of the schema",
      next: `make it (create role ${role} login password '…'), then run this again as the owner.`,
      cause,
    });
  }
}

async function grant(tx: Tx, name: string): Promise<void> {
  const role = `"${name.replaceAll('"', '""')}"`;
  const [row] = await tx.query<{ schema: string; database: string }>(
    "select quote_ident(current_schema()) as schema, quote_ident(current_database()) as database",
  );
  const { schema = "public", database = "" } = row ?? {};
  const log = LOG.join(", ");
  await tx.script(`
    grant connect on database ${database} to ${role};
    grant usage on schema ${schema} to ${role};
    grant select, insert, update, delete on all tables in schema ${schema} to ${role};
    grant usage, select, update on all sequences in schema ${schema} to ${role};
    grant truncate on analytics_leads to ${role};
    revoke update, delete, truncate on ${log} from ${role};
    revoke insert, update, delete on kysely_migration, kysely_migration_lock from ${role};
    grant execute on function ${FUNCTIONS.join(", ")} to ${role};
    revoke create on schema ${schema} from ${role}`);
}

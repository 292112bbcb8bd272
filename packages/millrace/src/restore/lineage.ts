/**
 * Which database is this, and is it the one it was? A copy carries the identity of its original; a restored one stands behind
 * what this machine has seen of it. Pure but for the reading; called by restore-guard.ts.
 */
import type { Queryable } from "../db/database.ts";
import type { Position } from "../events/event.ts";

/** What distinguishes one database from every other. */
export interface Identity {
  /** Of the cluster, by initdb: a text, since it has 64 bits. */
  readonly systemIdentifier: string;
  readonly databaseOid: number;
  /** Grows by one with each promotion of a standby. */
  readonly timeline: number;
  /** The embedded cluster's own file on the disk; null: unknown. */
  readonly clusterFile: string | null;
}

export interface KnownIdentity extends Identity {
  /** A UUID, drawn anew whenever the database is found to be another than it was. */
  readonly lineage: string;
}

/** What was seen of a database, kept outside of it. */
export interface Seen {
  readonly systemIdentifier: string;
  readonly databaseOid: number;
  readonly lineage: string;
  readonly newest: Position;
}

export interface Compared {
  readonly here: Identity;
  readonly newest: Position;
  /** Undefined: no engine has opened this database before. */
  readonly known: KnownIdentity | undefined;
  /** Lineages that were found to have ended before. */
  readonly ended: readonly string[];
  readonly seen: Seen | undefined;
}

/** How a database is found not to be the one it was. */
export interface Finding {
  readonly how: "restored" | "copied" | "went_back" | "by_hand";
  /** One sentence. */
  readonly detail: string;
  readonly lastMissing: Position | null;
}

export function findingOf({ here, newest, known, ended, seen }: Compared): Finding | undefined {
  if (known === undefined) return undefined;
  const lastMissing = seen !== undefined && seen.newest > newest ? seen.newest : null;
  if (here.systemIdentifier !== known.systemIdentifier || here.databaseOid !== known.databaseOid)
    return { how: "copied", detail: "It was filled from a copy of another database.", lastMissing };
  if (here.clusterFile !== null && known.clusterFile !== null && here.clusterFile !== known.clusterFile)
    return { how: "copied", detail: "Its files are copies: they are others than at the last start.", lastMissing };
  if (seen === undefined || !isOf(seen, here) || ended.includes(seen.lineage)) return undefined;
  if (seen.lineage !== known.lineage)
    return { how: "went_back", detail: "It is older than what was last seen of it here.", lastMissing };
  if (lastMissing === null) return undefined;
  return {
    how: "went_back",
    detail: `It ends at position ${newest}, and position ${lastMissing} was seen.`,
    lastMissing,
  };
}

function isOf(seen: Seen, here: Identity): boolean {
  return seen.systemIdentifier === here.systemIdentifier && seen.databaseOid === here.databaseOid;
}

/** What the server says of itself. */
export async function readIdentity(db: Queryable): Promise<Omit<Identity, "clusterFile">> {
  const [row] = await db.query<Omit<Identity, "clusterFile">>(
    `select (select system_identifier::text from pg_control_system()) as "systemIdentifier",
            (select oid::bigint from pg_database where datname = current_database()) as "databaseOid",
            case when pg_is_in_recovery() then (select timeline_id from pg_control_checkpoint())::bigint
                 else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint end as timeline`,
  );
  if (row === undefined) throw new Error("The server says nothing of itself.");
  return row;
}

export async function readKnown(db: Queryable): Promise<KnownIdentity | undefined> {
  const [row] = await db.query<KnownIdentity>(
    `select system_identifier as "systemIdentifier", database_oid as "databaseOid", timeline, cluster_file as "clusterFile", lineage
     from database_identity`,
  );
  return row;
}

/** Remembers a database that was not opened before; does nothing when another process has done so. */
export async function writeFirst(db: Queryable, { lineage, ...here }: KnownIdentity): Promise<void> {
  await db.query(
    `insert into database_identity (system_identifier, database_oid, timeline, cluster_file, lineage) values ($1, $2, $3, $4, $5)
     on conflict (only_one) do nothing`,
    [here.systemIdentifier, here.databaseOid, here.timeline, here.clusterFile, lineage],
  );
}

/** Remembers it as it is now. */
export async function writeKnown(db: Queryable, { lineage, ...here }: KnownIdentity): Promise<void> {
  await db.query(
    `insert into database_identity (system_identifier, database_oid, timeline, cluster_file, lineage) values ($1, $2, $3, $4, $5)
     on conflict (only_one) do update set system_identifier = excluded.system_identifier, database_oid = excluded.database_oid,
       timeline = excluded.timeline, cluster_file = excluded.cluster_file, lineage = excluded.lineage`,
    [here.systemIdentifier, here.databaseOid, here.timeline, here.clusterFile, lineage],
  );
}

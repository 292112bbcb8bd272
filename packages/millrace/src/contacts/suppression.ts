/**
 * Who asked to be forgotten, recognised without being known: keyed hashes of addresses and of ids in other systems. The
 * key is in the data folder, never in the database, so no one who has the rows alone can try addresses on them.
 * The mail gate asks before each e-mail, the CRM adapter before it takes someone in, the inbox before it keeps a sender.
 */
import { createHmac } from "node:crypto";
import { parseEmailAddress } from "../base/email-address.ts";
import { MillraceError } from "../base/errors.ts";
import { textColumn } from "../db/columns.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";

/** "email" or the name of another system; the value as contact_identities holds it. */
export interface SuppressedName {
  readonly kind: string;
  readonly value: string;
}

export interface Suppressions {
  /** Tells which key it is, and nothing of the key; undefined without one. */
  readonly mark: string | undefined;
  /** The hash of a name; undefined without a key. */
  hashOf(name: SuppressedName): string | undefined;
  /** As the rows were at the last `refresh`. @param address in any writing. */
  hasAddress(address: string): boolean;
  /** Reads what was erased since, by any process. @throws MillraceError invalid_config when this process has another key. */
  refresh(): Promise<void>;
  /** The names among these that were erased, asked of the database now. */
  among(db: Queryable, names: readonly SuppressedName[]): Promise<ReadonlySet<string>>;
  /** Makes sure that this key is the installation's. @throws MillraceError invalid_config without a key, or with another one. */
  claimKey(tx: Tx): Promise<void>;
}

/** How `among` names what it found. */
export function nameOf({ kind, value }: SuppressedName): string {
  return `${kind}\n${value}`;
}

/** @param key undefined: this process has no data folder, so it can recognise no one. */
export function suppressions(db: Queryable, key: string | undefined): Suppressions {
  const known = new Set<string>();
  let seen: Position = 0;
  const hash = (text: string) =>
    key === undefined ? undefined : createHmac("sha256", key).update(`millrace suppression\n${text}`).digest("hex");
  const hashOf = (name: SuppressedName) => hash(nameOf(name));
  const mark = hash("which key")?.slice(0, 16);
  return {
    mark,
    hashOf,
    hasAddress(address) {
      const value = known.size === 0 ? undefined : parseEmailAddress(address);
      return value !== undefined && known.has(hashOf({ kind: "email", value }) ?? "");
    },
    async refresh() {
      // From the last one on, for several rows may share a position.
      const rows = await db.query<{ hash: string; position: Position }>(
        "select hash, position from suppressions where position >= $1 order by position",
        [seen],
        "read_suppressions",
      );
      if (rows.some((row) => !known.has(row.hash))) await checkMark(db, mark);
      for (const row of rows) known.add(row.hash);
      seen = rows.at(-1)?.position ?? seen;
    },
    async among(tx, names) {
      if (key === undefined || names.length === 0) return new Set();
      const byHash = new Map(names.map((name) => [hashOf(name) ?? "", nameOf(name)]));
      const rows = await tx.query<{ hash: string }>(
        "select hash from suppressions where hash = any($1::text[])",
        [textColumn([...byHash.keys()])],
        "suppressed_among",
      );
      return new Set(rows.map((row) => byHash.get(row.hash) ?? ""));
    },
    async claimKey(tx) {
      if (mark === undefined) throw noKey();
      await tx.query("update erasure_marks set key_mark = $1 where key_mark is null", [mark]);
      await checkMark(tx, mark);
    },
  };
}

export interface Suppression {
  readonly kind: string;
  readonly hash: string;
}

/** Adds names by their hashes; one that is there already stays as it is. Call it with the log locked. @returns how many are new. */
export async function addSuppressions(
  tx: Tx,
  rows: readonly Suppression[],
  position: Position,
  at: number,
): Promise<number> {
  const added = await tx.query(
    `insert into suppressions (hash, kind, position, erased_at)
     select distinct hash, kind, $3::bigint, $4::timestamptz from unnest($1::text[], $2::text[]) as s(hash, kind)
     on conflict do nothing returning 1`,
    [textColumn(rows.map(({ hash }) => hash)), textColumn(rows.map(({ kind }) => kind)), position, new Date(at)],
  );
  return added.length;
}

async function checkMark(db: Queryable, mark: string | undefined): Promise<void> {
  const [row] = await db.query<{ mark: string | null }>("select key_mark as mark from erasure_marks");
  if (row?.mark == null || row.mark === mark) return;
  throw new MillraceError("invalid_config", {
    saw: "People were erased here with another suppression key than this process has, so it could write to them again.",
    expected: "the file suppression-key of the data folder they were erased with",
    next: "copy that file into this data folder, or restore it from its backup, and start again.",
    field: "dataFolder",
  });
}

function noKey(): MillraceError {
  return new MillraceError("invalid_config", {
    saw: "Without a data folder there is no lasting key by which an erased person could be recognised. Nothing was erased.",
    next: "set dataFolder, or MILLRACE_DATA, to a folder that stays.",
    field: "dataFolder",
  });
}

/** Keys of programs beside the engine's own, one row each. Only a hash of the key is kept, so it is shown once. */
import { createHash, randomBytes } from "node:crypto";
import type { Queryable, Tx } from "../db/database.ts";
import type { Scope } from "./scopes.ts";

/** A key as people see it. Times in milliseconds since 1970. */
export interface ApiKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The kinds of tasks it may work on; []: every kind. */
  readonly kinds: readonly string[];
  /** On whose behalf it asks; null: it speaks for itself. */
  readonly actsFor: string | null;
  readonly createdAt: number;
  readonly createdBy: string;
  /** null: never. */
  readonly expiresAt: number | null;
}

/** The name the engine's own key has in the log: "key:api". */
export const OWN_KEY = "api";

const COLUMNS = `name, scopes, kinds, acts_for as "actsFor", created_at as "createdAt", created_by as "createdBy", expires_at as "expiresAt"`;

/** Keeps a new key. @returns the key itself, which is nowhere else; undefined when the name is taken. */
export async function insertApiKey(tx: Tx, key: ApiKey): Promise<string | undefined> {
  const secret = `mr_${randomBytes(32).toString("base64url")}`;
  const { name, scopes, kinds, actsFor, createdAt, createdBy, expiresAt } = key;
  const rows = await tx.query(
    `insert into api_keys (name, key_hash, scopes, kinds, acts_for, created_at, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (name) do nothing returning name`,
    [
      name,
      hashOf(secret),
      scopes,
      kinds,
      actsFor,
      new Date(createdAt),
      createdBy,
      expiresAt === null ? null : new Date(expiresAt),
    ],
  );
  return rows.length === 0 ? undefined : secret;
}

/** @returns false when there is none of that name. */
export async function deleteApiKey(tx: Tx, name: string): Promise<boolean> {
  return (await tx.query("delete from api_keys where name = $1 returning name", [name])).length > 0;
}

/** By name; those that have expired are among them. */
export function listApiKeys(db: Queryable): Promise<ApiKey[]> {
  return db.query<ApiKey>(`select ${COLUMNS} from api_keys order by name`, [], "list_api_keys");
}

/** The key with this text, unless it has expired by the database's clock. Found by its hash: a text is never compared with another. */
export async function findApiKey(db: Queryable, secret: string): Promise<ApiKey | undefined> {
  const [found] = await db.query<ApiKey>(
    `select ${COLUMNS} from api_keys where key_hash = $1 and (expires_at is null or expires_at > clock_timestamp())`,
    [hashOf(secret)],
    "find_api_key",
  );
  return found;
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

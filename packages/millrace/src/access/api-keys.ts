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
  /** When it got a new secret last; null: never. */
  readonly rotatedAt: number | null;
  /** Until when the secret before works too; null: there is none. */
  readonly oldUntil: number | null;
}

/** The name the engine's own key has in the log: "key:api". */
export const OWN_KEY = "api";

const COLUMNS = `name, scopes, kinds, acts_for as "actsFor", created_at as "createdAt", created_by as "createdBy", expires_at as "expiresAt",
  rotated_at as "rotatedAt", old_until as "oldUntil"`;

/** Keeps a new key. @returns the key itself, which is nowhere else; undefined when the name is taken. */
export async function insertApiKey(tx: Tx, key: Omit<ApiKey, "rotatedAt" | "oldUntil">): Promise<string | undefined> {
  const secret = newSecret();
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

/**
 * Gives a key a new secret. The one before works for so many hours by the database's clock; one from before that ends at once.
 * @returns the key with its new secret; undefined when there is none of that name.
 */
export async function rotateApiKey(
  tx: Tx,
  name: string,
  oldForHours: number,
): Promise<(ApiKey & { readonly key: string }) | undefined> {
  const secret = newSecret();
  const [key] = await tx.query<ApiKey>(
    `update api_keys set old_hash = key_hash, old_until = clock_timestamp() + $3 * interval '1 hour',
       key_hash = $2, rotated_at = clock_timestamp() where name = $1 returning ${COLUMNS}`,
    [name, hashOf(secret), oldForHours],
  );
  return key === undefined ? undefined : { ...key, key: secret };
}

/** @returns false when there is none of that name. */
export async function deleteApiKey(tx: Tx, name: string): Promise<boolean> {
  return (await tx.query("delete from api_keys where name = $1 returning name", [name])).length > 0;
}

/** By name; those that have expired are among them. */
export function listApiKeys(db: Queryable): Promise<ApiKey[]> {
  return db.query<ApiKey>(`select ${COLUMNS} from api_keys order by name`, [], "list_api_keys");
}

/** The key with this text, or with this one before it was rotated, unless it has expired by the database's clock. Found by its hash: a text is never compared with another. */
export async function findApiKey(db: Queryable, secret: string): Promise<ApiKey | undefined> {
  const [found] = await db.query<ApiKey>(
    `select ${COLUMNS} from api_keys where (key_hash = $1 or (old_hash = $1 and old_until > clock_timestamp()))
       and (expires_at is null or expires_at > clock_timestamp())`,
    [hashOf(secret)],
    "find_api_key",
  );
  return found;
}

function newSecret(): string {
  return `mr_${randomBytes(32).toString("base64url")}`;
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

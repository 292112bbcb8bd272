/** Passkeys as rows, and the challenges devices sign. Times are the database's. */
import type { Queryable, Tx } from "../db/database.ts";

export interface Passkey {
  /** As the device named it: base64url. */
  readonly id: string;
  /** As its person named it. */
  readonly label: string;
  /** The name of the address it works at. */
  readonly relyingParty: string;
  readonly createdAt: number;
  /** Null: never. */
  readonly lastUsedAt: number | null;
}

/** What a signature is checked by. */
export interface PasskeyKey {
  readonly id: string;
  readonly person: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
}

export interface NewPasskey extends PasskeyKey {
  readonly label: string;
  readonly relyingParty: string;
}

/** More than anyone has devices; a device is given all of them before it makes another. */
export const MAX_PASSKEYS = 20;

/** The newest first. */
export function listPasskeys(db: Queryable, person: string): Promise<Passkey[]> {
  return db.query<Passkey>(
    `select id, label, relying_party as "relyingParty", created_at as "createdAt", last_used_at as "lastUsedAt" from passkeys
     where person = $1 order by created_at desc, id`,
    [person],
    "list_passkeys",
  );
}

/** Of people who may sign in. */
export async function findPasskey(db: Queryable, id: string): Promise<PasskeyKey | undefined> {
  const [found] = await db.query<PasskeyKey>(
    `select k.id, k.person, k.public_key as "publicKey", k.counter::float8 as counter, k.transports from passkeys k
     join people p on p.name = k.person and p.removed_at is null where k.id = $1`,
    [id],
    "find_passkey",
  );
  return found;
}

/** @returns false when the device's key is known already. */
export async function insertPasskey(tx: Tx, passkey: NewPasskey): Promise<boolean> {
  const { id, person, label, publicKey, counter, transports, relyingParty } = passkey;
  const rows = await tx.query(
    `insert into passkeys (id, person, label, public_key, counter, transports, relying_party) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do nothing returning 1`,
    [id, person, label, publicKey, counter, transports, relyingParty],
  );
  return rows.length > 0;
}

/**
 * Puts down that it was used. A device that counts never says the same number twice: who does has a copy of the key.
 * @returns false when the count has not risen, or the passkey is gone.
 */
export async function countUse(db: Queryable, id: string, counter: number): Promise<boolean> {
  const rows = await db.query(
    `update passkeys set counter = $2, last_used_at = clock_timestamp() where id = $1 and (counter < $2 or (counter = 0 and $2 = 0))
     returning 1`,
    [id, counter],
  );
  return rows.length > 0;
}

/** Sessions that began by it end, but for the one it is taken away in. @returns its label; undefined when the person has none of that id. */
export async function deletePasskey(
  tx: Tx,
  { id, person, session }: { readonly id: string; readonly person: string; readonly session: number },
): Promise<string | undefined> {
  const [gone] = await tx.query<{ label: string }>(
    "delete from passkeys where id = $1 and person = $2 returning label",
    [id, person],
  );
  if (gone !== undefined) await tx.query("delete from sessions where passkey = $1 and id <> $2", [id, session]);
  return gone?.label;
}

/** How long a person has to answer their device; the browser is told the same. */
export const CHALLENGE_MS = 5 * 60_000;

/** @param session the one a passkey is added in; undefined: to sign in. */
export async function keepChallenge(db: Queryable, challenge: string, session: number | undefined): Promise<void> {
  await db.query(
    `with old as (delete from passkey_challenges where expires_at < clock_timestamp())
     insert into passkey_challenges (challenge, session, expires_at)
     values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')`,
    [challenge, session ?? null, CHALLENGE_MS],
  );
}

/** Uses it up, whatever becomes of the answer. @returns whether it was given for this, and not too long ago. */
export async function takeChallenge(db: Queryable, challenge: string, session: number | undefined): Promise<boolean> {
  const [taken] = await db.query<{ isGood: boolean }>(
    `delete from passkey_challenges where challenge = $1
     returning expires_at > clock_timestamp() and session is not distinct from $2::bigint as "isGood"`,
    [challenge, session ?? null],
  );
  return taken?.isGood ?? false;
}

/** People who may sign in, one row each, and their sessions. Times are the database's. */
import type { Queryable, Tx } from "../db/database.ts";
import type { Role } from "./roles.ts";

export interface Person {
  /** As the log names them: person:NAME. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly createdAt: number;
  readonly createdBy: string;
  /** Null: they may sign in. */
  readonly removedAt: number | null;
  readonly hasPassword: boolean;
  /** How many they may sign in by. */
  readonly passkeys: number;
  /** Sessions that have not ended. */
  readonly sessions: number;
}

const COLUMNS = `p.name, p.roles, p.created_at as "createdAt", p.created_by as "createdBy", p.removed_at as "removedAt",
  p.password is not null as "hasPassword", (select count(*)::int from passkeys k where k.person = p.name) as passkeys,
  (select count(*)::int from sessions s where s.person = p.name and s.expires_at > clock_timestamp()) as sessions`;

/** By name. */
export function listPeople(db: Queryable): Promise<Person[]> {
  return db.query<Person>(`select ${COLUMNS} from people p order by p.name`, [], "list_people");
}

export async function findPerson(db: Queryable, name: string): Promise<Person | undefined> {
  const [person] = await db.query<Person>(`select ${COLUMNS} from people p where p.name = $1`, [name], "find_person");
  return person;
}

/** One that was removed may sign in again, with these roles and without a password. @returns false when there is one of that name. */
export async function insertPerson(
  db: Queryable,
  { name, roles, by }: { readonly name: string; readonly roles: readonly Role[]; readonly by: string },
): Promise<boolean> {
  const rows = await db.query(
    `insert into people (name, roles, created_at, created_by) values ($1, $2, clock_timestamp(), $3)
     on conflict (name) do update set roles = excluded.roles, created_at = excluded.created_at, created_by = excluded.created_by,
       removed_at = null, password = null, password_set_at = null, failures = 0, locked_until = null
     where people.removed_at is not null returning 1`,
    [name, roles, by],
  );
  return rows.length > 0;
}

/** One who may do everything, unless there is a person of that name; for who has the machine in hand. */
export async function ensureAdmin(db: Queryable, name: string): Promise<void> {
  await db.query(
    `insert into people (name, roles, created_at, created_by) values ($1, '{admin}', clock_timestamp(), 'engine')
     on conflict (name) do nothing`,
    [name],
    "ensure_admin",
  );
}

export async function setRoles(tx: Tx, name: string, roles: readonly Role[]): Promise<void> {
  await tx.query("update people set roles = $2 where name = $1", [name, roles]);
}

/** Ends their sessions and takes their links, password and passkeys away. */
export async function removePerson(tx: Tx, name: string): Promise<void> {
  await tx.query("update people set removed_at = clock_timestamp(), password = null where name = $1", [name]);
  await tx.query("delete from sessions where person = $1", [name]);
  await tx.query("delete from sign_in_links where person = $1", [name]);
  await tx.query("delete from passkeys where person = $1", [name]);
}

/** Whether anyone but `name` is admin: the last one stays. Locks the rows, so that two admins cannot remove each other at once. */
export async function hasOtherAdmin(tx: Tx, name: string): Promise<boolean> {
  const rows = await tx.query<{ name: string }>(
    "select name from people where removed_at is null and 'admin' = any(roles) order by name for update",
  );
  return rows.some((one) => one.name !== name);
}

export interface Session {
  readonly id: number;
  readonly person: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** How it began: "link", "password" or "passkey". */
  readonly via: string;
  /** What the browser said it was. */
  readonly browser: string | null;
}

/** Those that have not ended, newest first. */
export function listSessions(db: Queryable, person: string | undefined): Promise<Session[]> {
  return db.query<Session>(
    `select id, person, created_at as "createdAt", expires_at as "expiresAt", via, browser from sessions
     where expires_at > clock_timestamp() and ($1::text is null or person = $1) order by id desc limit 1000`,
    [person ?? null],
    "list_sessions",
  );
}

/** @returns whose they were. */
export async function deleteSessions(
  tx: Tx,
  which: { readonly id: number } | { readonly person: string },
): Promise<readonly { readonly id: number; readonly person: string }[]> {
  return "id" in which
    ? tx.query("delete from sessions where id = $1 returning id, person", [which.id])
    : tx.query("delete from sessions where person = $1 returning id, person", [which.person]);
}

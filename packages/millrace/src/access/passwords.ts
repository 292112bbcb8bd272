/** Passwords: kept as scrypt with a salt of their own, compared in the same time whatever is wrong, and slowed down after some wrong ones. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import type { Queryable, Tx } from "../db/database.ts";

/** 64 MiB and about a quarter of a second: OWASP's first choice for scrypt is N = 2^17, its second 2^16 with two at once. */
const COST = { N: 2 ** 16, r: 8, p: 2 } as const;
const MAX_MEMORY = 192 * 1024 * 1024;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 200;

/** Wrong ones in a row before none is looked at for a while: a minute, and twice as long each time, at most an hour. */
const FAILURES_ALLOWED = 5;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** @param kept undefined for a person without one: as much work is done, and the answer is false. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = "", key = ""] = (kept ?? `scrypt$${COST.N}$${COST.r}$${COST.p}$AAAA$`).split("$");
  const wanted = Buffer.from(key, "base64url");
  const found = await derive(password, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

/** One at a time: many at once would take the memory of the whole process. */
let turn: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  const made = turn.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize("NFC"), salt, KEY_BYTES, { ...cost, maxmem: MAX_MEMORY }, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );
  turn = made.catch(() => {});
  return made;
}

export type PasswordVerdict =
  | { readonly is: "right" }
  | { readonly is: "wrong" }
  | { readonly is: "locked"; readonly forMs: number };

/** Whether a password is this person's; counts wrong ones. A person there is not is answered like a wrong password. */
export async function checkPassword(db: Queryable, person: string, password: string): Promise<PasswordVerdict> {
  const [row] = await db.query<{ password: string | null; forMs: number | null }>(
    `select password, (extract(epoch from locked_until - clock_timestamp()) * 1000)::float8 as "forMs" from people
     where name = $1 and removed_at is null`,
    [person],
    "find_password",
  );
  if ((row?.forMs ?? 0) > 0) return { is: "locked", forMs: row?.forMs ?? 0 };
  if (await isPassword(password, row?.password ?? undefined)) {
    await db.query("update people set failures = 0, locked_until = null where name = $1 and failures > 0", [person]);
    return { is: "right" };
  }
  await db.query(
    `update people set failures = failures + 1, locked_until = case when failures + 1 >= ${FAILURES_ALLOWED}
       then clock_timestamp() + least(interval '1 hour', interval '1 minute' * power(2, least(failures + 1 - ${FAILURES_ALLOWED}, 10))) end
     where name = $1`,
    [person],
  );
  return { is: "wrong" };
}

/** Ends all other sessions: who had the old one is out. */
export async function keepPassword(tx: Tx, person: string, hash: string, session: number): Promise<void> {
  await tx.query(
    "update people set password = $2, password_set_at = clock_timestamp(), failures = 0, locked_until = null where name = $1",
    [person, hash],
  );
  await tx.query("delete from sessions where person = $1 and id <> $2", [person, session]);
}

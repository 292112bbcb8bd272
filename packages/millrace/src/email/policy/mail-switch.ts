/**
 * The switch an operator stops all e-mail with. It is a row, read in the transaction that would let an e-mail leave, so
 * it holds for every process at once; what is asked for meanwhile waits, and goes on when the switch is back.
 */
import type { Queryable } from "../../db/database.ts";
import { whyHeld } from "../../db/outside-hold.ts";
import { MAIL_SWITCH } from "../../tasks/sending.ts";

export interface MailSwitch {
  /** Also while a restored database is held. */
  readonly isPaused: boolean;
  readonly reason: string | null;
  readonly changedBy: string | null;
  readonly changedAt: number | null;
  /** E-mails that wait: for the switch, a cap, the time of day, or another attempt. */
  readonly waiting: number;
}

export async function readMailSwitch(db: Queryable): Promise<MailSwitch> {
  const [row] = await db.query<MailSwitch>(
    `select coalesce(is_off, false) as "isPaused", reason, changed_by as "changedBy", changed_at as "changedAt",
            (select count(*)::int from tasks where kind = 'send_email' and standing = 'WAITING' and not_before is not null) as waiting
     from (select 1) one left join switches on name = $1`,
    [MAIL_SWITCH],
    "read_mail_switch",
  );
  const state = row ?? { isPaused: false, reason: null, changedBy: null, changedAt: null, waiting: 0 };
  const held = await whyHeld(db);
  return held === undefined ? state : { ...state, isPaused: true, reason: held };
}

export interface SwitchChange {
  /** Who did it. */
  readonly by: string;
  /** Milliseconds. */
  readonly now: number;
  readonly reason?: string;
}

/** From its commit on nothing more begins to leave; an e-mail under way ends. */
export async function pauseMail(db: Queryable, { by, now, reason }: SwitchChange): Promise<void> {
  await change(db, true, by, now, reason ?? `Paused by ${by}.`);
}

/** Lets everything that waits look again; what still must wait, for a cap or the time of day, does so. */
export async function resumeMail(db: Queryable, { by, now }: SwitchChange): Promise<void> {
  await change(db, false, by, now, null);
  await db.query(
    "update tasks set not_before = $1 where kind = 'send_email' and standing = 'WAITING' and not_before > $1",
    [new Date(now)],
  );
}

async function change(db: Queryable, isOff: boolean, by: string, now: number, reason: string | null): Promise<void> {
  await db.query(
    `insert into switches (name, is_off, reason, changed_by, changed_at) values ($1, $2, $3, $4, $5)
     on conflict (name) do update set is_off = excluded.is_off, reason = excluded.reason, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [MAIL_SWITCH, isOff, reason?.slice(0, 500) ?? null, by.slice(0, 200), new Date(now)],
  );
}

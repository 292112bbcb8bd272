/** What waits for people, in the order it should be done: who said yes first, then what is due first, then the higher score. */
import type { Queryable } from "../../db/database.ts";
import type { TaskRow } from "./tasks.ts";
import { OPEN_TASK, type RawTask, WHO, withPriority } from "./tasks.ts";

/** mine: held by the person. team: not held. snoozed: put off until later. open: all but those put off. */
export const QUEUE_VIEWS = ["open", "mine", "team", "snoozed"] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

export interface QueueFilter {
  /** Kinds that only people can finish, those of who said yes apart. */
  readonly kinds: readonly { readonly kind: string; readonly saidYes: boolean }[];
  readonly view: QueueView;
  readonly person: string;
  readonly now: number;
  readonly contact?: string;
  /** Of the contact's score band. */
  readonly band?: string;
  /** A search of PostgreSQL among what is known of the contact. */
  readonly search?: string;
  readonly dueFrom?: number;
  readonly dueUntil?: number;
}

/** The last task of the page before. */
export interface QueueCursor {
  readonly saidYes: boolean;
  readonly dueAt: string;
  readonly lowness: string;
  readonly id: string;
}

export interface QueuedTask extends TaskRow {
  readonly saidYes: boolean;
  readonly band: string | null;
  readonly snoozedUntil: number | null;
  readonly snoozedBy: string | null;
}

export interface QueuedRow extends QueuedTask {
  readonly place: QueueCursor;
}

/** The higher the score, the lower: what the index's order goes on with. */
const LOWNESS = "-coalesce(l.score, -1)";
const IS_PUT_OFF = "t.snoozed_until is not null and t.snoozed_until > $4";

const IS_OF_PEOPLE = "t.standing in ('WAITING', 'IN_PROGRESS') and t.not_before is null";
const IS_NARROWED = `($5::uuid is null or t.contact = $5) and ($6::text is null or l.band = $6)
  and ($7::text is null or l.words @@ to_tsquery('simple', $7))
  and ($8::timestamptz is null or t.due_at >= $8) and ($9::timestamptz is null or t.due_at < $9)`;
const IS_IN_VIEW = `case $2 when 'mine' then t.standing = 'IN_PROGRESS' and t.worker = $3 when 'team' then t.standing = 'WAITING' and not (${IS_PUT_OFF})
  when 'snoozed' then t.standing = 'WAITING' and ${IS_PUT_OFF} else not (${IS_PUT_OFF}) end`;

/**
 * Kind by kind, each along its index, then the first of all: a queue of a hundred thousand costs as little as one of a
 * hundred. Without a name, so planned for what is asked: a plan for every filter at once joins what it need not.
 */
export async function listQueue(
  db: Queryable,
  filter: QueueFilter,
  page: { readonly after?: QueueCursor; readonly limit: number },
): Promise<QueuedRow[]> {
  const { after, limit } = page;
  type Raw = RawTask & Omit<QueuedRow, keyof TaskRow | "place"> & { dueText: string; lowness: string };
  const rows = await db.query<Raw>(
    `select ${OPEN_TASK}, ${WHO}, t.said_yes as "saidYes", t.band, t.snoozed_until as "snoozedUntil", t.snoozed_by as "snoozedBy",
            t.due_at::text as "dueText", t.lowness::text as lowness
     from (select t.*, k.said_yes from unnest($1::text[], $10::boolean[]) as k(kind, said_yes)
           cross join lateral (
             select t.*, l.band, ${LOWNESS} as lowness from tasks t left join contact_lines l on l.contact = t.contact
             where t.kind = k.kind and ${IS_OF_PEOPLE} and ${IS_IN_VIEW} and ${IS_NARROWED}
               and ($11::boolean is null or (k.said_yes = $11 and (t.due_at, ${LOWNESS}, t.id) > ($12, $13, $14)) or ($11 and not k.said_yes))
               and t.due_at >= case when k.said_yes = $11 then $12 else '-infinity'::timestamptz end
             order by t.due_at, ${LOWNESS}, t.id limit $15) t
           order by k.said_yes desc, t.due_at, t.lowness, t.id limit $15) t
     left join contacts c on c.id = t.contact order by t.said_yes desc, t.due_at, t.lowness, t.id`,
    [
      ...narrowed(filter),
      filter.kinds.map((one) => one.saidYes),
      after?.saidYes ?? null,
      after?.dueAt ?? null,
      after?.lowness ?? null,
      after?.id ?? null,
      limit,
    ],
  );
  return rows.map(({ dueText, lowness, ...row }) => ({
    ...withPriority(row),
    saidYes: row.saidYes,
    band: row.band,
    snoozedUntil: row.snoozedUntil,
    snoozedBy: row.snoozedBy,
    place: { saidYes: row.saidYes, dueAt: dueText, lowness, id: String(row.id) },
  }));
}

export type QueueCounts = Readonly<Record<QueueView | "overdue", number>>;

/** How many each view has, of the first `most` tasks of all views. */
export async function countQueue(db: Queryable, filter: Omit<QueueFilter, "view">, most: number): Promise<QueueCounts> {
  const [row] = await db.query<QueueCounts>(
    `select count(*) filter (where not put_off)::int as open, count(*) filter (where standing = 'WAITING' and not put_off)::int as team,
            count(*) filter (where standing = 'WAITING' and put_off)::int as snoozed, count(*) filter (where not put_off and due_at < $4)::int as overdue,
            (select count(*)::int from (select from tasks t left join contact_lines l on l.contact = t.contact
               where t.standing = 'IN_PROGRESS' and t.worker = $3 and t.kind = any($1) and ${IS_NARROWED} limit $10) held) as mine
     from (select t.standing, t.due_at, coalesce(${IS_PUT_OFF}, false) as put_off from tasks t left join contact_lines l on l.contact = t.contact
           where t.kind = any($1) and ${IS_OF_PEOPLE} and $2::text is not null and ${IS_NARROWED} limit $10) one`,
    [...narrowed({ ...filter, view: "open" }), most],
  );
  return row ?? { open: 0, mine: 0, team: 0, snoozed: 0, overdue: 0 };
}

/** $1 to $9 of the conditions above. */
function narrowed({ kinds, view, person, now, contact, band, search, dueFrom, dueUntil }: QueueFilter): unknown[] {
  const moment = (ms: number | undefined) => (ms === undefined ? null : new Date(ms));
  return [
    kinds.map((one) => one.kind),
    view,
    person,
    new Date(now),
    contact ?? null,
    band ?? null,
    search ?? null,
    moment(dueFrom),
    moment(dueUntil),
  ];
}

/** Contacts as people look for them: narrowed, sorted, page by page, each with the path it has taken so far. */
import type { Contact } from "../../contacts/contact.ts";
import { CONTACT_COLUMNS } from "../../contacts/store.ts";
import type { Queryable } from "../../db/database.ts";
import type { Json, Position } from "../../events/event.ts";
import type { TaskState } from "../../tasks/task.ts";
import { type Cursor, cursorOf } from "./cursor.ts";

export interface ContactRow extends Contact {
  readonly createdAt: number;
  /** What happened to it, in short and in order; the latest `PATH_LENGTH` steps. */
  readonly path: readonly PathStep[];
  /** What is still to be done for it. */
  readonly openTasks: readonly OpenStep[];
}

export interface OpenStep {
  readonly id: number;
  readonly kind: string;
  readonly state: TaskState;
  readonly worker: string | null;
}

/** A milestone: an event that a person follows a lead by, with as much of its data as a label needs. */
export interface PathStep {
  readonly position: Position;
  readonly type: string;
  readonly at: number;
  readonly data: Json;
}

export const CONTACT_SORTS = ["created", "activity", "score"] as const;
export type ContactSort = (typeof CONTACT_SORTS)[number];

export interface ContactFilter {
  /** A search of PostgreSQL, from `searchFor`. */
  readonly search?: string;
  readonly band?: string;
  readonly lifecycle?: string;
  readonly owner?: string;
  readonly source?: string;
  /** Known at this moment or later, in milliseconds. */
  readonly since?: number;
  /** Known before this moment. */
  readonly until?: number;
}

export interface ContactPage {
  readonly sort: ContactSort;
  /** The cursor of the last contact of the page before. */
  readonly after?: Cursor;
  readonly limit: number;
  /** False: without the steps each has taken, which cost more than all the rest. */
  readonly withPaths: boolean;
}

const PATH_LENGTH = 12;
const MILESTONES = [
  "form_submitted",
  "contact_scored",
  "contact_enriched",
  "email_sent",
  "email_suppressed",
  "alert_sent",
  "task_completed",
  "nurture_enrolled",
  "outreach_drafted",
  "email_replied",
  "opted_out",
  "customer_purchased",
  "contact_erased",
];
/** Every task ends in a task_completed; only those a person did are steps of the contact. */
const IS_MILESTONE = `type = any($2::text[]) and (type <> 'task_completed' or actor not like 'agent:%')`;

/** A contact in a list. */
export interface ListedContact extends ContactRow {
  /** Where the page behind it begins: give it as `after`. */
  readonly cursor: string;
}

/** By each order, what is compared: the later, the higher, the hotter first. Each is an index of contact_lines. */
const KEYS: Readonly<Record<ContactSort, { readonly key: string; readonly type: string }>> = {
  created: { key: "l.created_at", type: "timestamptz" },
  activity: { key: "l.position", type: "bigint" },
  score: { key: "coalesce(l.score, '-infinity')", type: "float8" },
};

const IS_WANTED_LINE = `($1::text is null or l.words @@ to_tsquery('simple', $1)) and ($2::text is null or l.band = $2) and ($3::text is null or l.lifecycle = $3)
  and ($4::text is null or l.owner = $4) and ($5::text is null or l.source = $5)
  and ($6::timestamptz is null or l.created_at >= $6) and ($7::timestamptz is null or l.created_at < $7)`;

/** Contacts whose data was erased, and those that became part of others, are in no list. */
export async function listContacts(db: Queryable, filter: ContactFilter, page: ContactPage): Promise<ListedContact[]> {
  const { key, type } = KEYS[page.sort];
  const contacts = await db.query<Contact & { createdAt: number; key: string }>(
    `select ${CONTACT_COLUMNS}, c.created_at as "createdAt", page.key
     from (select l.contact, ${key}::text as key, row_number() over (order by ${key} desc, l.contact desc) as nth from contact_lines l
           where ${IS_WANTED_LINE} and ($8::text is null or (${key}, l.contact) < ($8::text::${type}, $9::uuid))
           order by ${key} desc, l.contact desc limit $10) page
     join contacts c on c.id = page.contact order by page.nth`,
    [...narrowed(filter), page.after?.key ?? null, page.after?.id ?? null, page.limit],
  );
  const rows = page.withPaths ? await withPaths(db, contacts) : await withOpenTasks(db, contacts);
  return rows.map((row, i) => {
    const { key, ...contact } = row as typeof row & { key: string };
    return { ...contact, cursor: cursorOf(contacts[i]?.key ?? key, contact.id) };
  });
}

/** Of how many the list is, up to `most`. */
export async function countContacts(db: Queryable, filter: ContactFilter, most: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::int as count from (select from contact_lines l where ${IS_WANTED_LINE} limit $8) wanted`,
    [...narrowed(filter), most],
  );
  return row?.count ?? 0;
}

function narrowed({ search, band, lifecycle, owner, source, since, until }: ContactFilter): unknown[] {
  const texts = [search, band, lifecycle, owner, source].map((text) => text ?? null);
  return [...texts, ...[since, until].map((ms) => (ms === undefined ? null : new Date(ms)))];
}

/** One contact; asked by the id of one that became part of it, it is told all the same. */
export async function findContact(db: Queryable, id: string): Promise<ContactRow | undefined> {
  const [contact] = await db.query<Contact & { createdAt: number }>(
    `select ${CONTACT_COLUMNS}, created_at as "createdAt" from contacts
     where id = coalesce((select contact from contact_aliases where alias = $1), $1)`,
    [id],
  );
  return contact === undefined ? undefined : (await withPaths(db, [contact]))[0];
}

async function withOpenTasks(
  db: Queryable,
  contacts: readonly (Contact & { createdAt: number })[],
): Promise<ContactRow[]> {
  const open = await openTasksByContact(
    db,
    contacts.map((contact) => contact.id),
  );
  return contacts.map((contact) => ({
    ...contact,
    path: [],
    openTasks: (open.get(contact.id) ?? []).map(({ id, kind, state, worker }) => ({ id, kind, state, worker })),
  }));
}

async function withPaths(db: Queryable, contacts: readonly (Contact & { createdAt: number })[]): Promise<ContactRow[]> {
  const ids = contacts.map((contact) => contact.id);
  const [paths, open] = await Promise.all([pathsOf(db, ids), openTasksByContact(db, ids)]);
  return contacts.map((contact) => ({
    ...contact,
    path: paths.get(contact.id) ?? [],
    openTasks: (open.get(contact.id) ?? []).map(({ id, kind, state, worker }) => ({ id, kind, state, worker })),
  }));
}

async function openTasksByContact(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, (OpenStep & { contact: string })[]>> {
  if (ids.length === 0) return new Map();
  const tasks = await db.query<OpenStep & { contact: string }>(
    "select contact, id, kind, state, worker from tasks where contact = any($1::uuid[]) order by id",
    [ids],
  );
  return Map.groupBy(tasks, (task) => task.contact);
}

async function pathsOf(db: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, PathStep[]>> {
  if (ids.length === 0) return new Map();
  const steps = await db.query<PathStep & { contact: string }>(
    `select latest.* from (select id, id as name from unnest($1::uuid[]) as id
                           union all select contact, alias from contact_aliases where contact = any($1::uuid[])) as wanted
     cross join lateral (select wanted.id as contact, position, type, occurred_at as at, data::jsonb - 'reasons' - 'values' - 'fields' - 'text' as data
                         from events_of(wanted.name) where ${IS_MILESTONE} order by position desc limit ${PATH_LENGTH}) latest
     order by latest.position`,
    [ids, MILESTONES],
  );
  const byContact = Map.groupBy(steps, (step) => step.contact);
  return new Map([...byContact].map(([contact, all]) => [contact, all.slice(-PATH_LENGTH)]));
}

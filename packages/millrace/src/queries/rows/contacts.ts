/** Contacts as people look for them, newest first, each with the path it has taken so far. */
import type { Contact } from "../../contacts/contact.ts";
import { CONTACT_COLUMNS } from "../../contacts/store.ts";
import type { Queryable } from "../../db/database.ts";
import type { Json, Position } from "../../events/event.ts";
import type { TaskState } from "../../tasks/task.ts";

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

export interface ContactFilter {
  /** Part of a name, an e-mail address, a company or a job title. */
  readonly q?: string;
  /** Only those of this score band. */
  readonly band?: string;
  /** Only contacts created before this moment, in milliseconds. */
  readonly before?: number;
  readonly limit: number;
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

/** Those whose data was erased are left out: there is nothing to see. */
export async function listContacts(db: Queryable, filter: ContactFilter): Promise<ContactRow[]> {
  const contacts = await db.query<Contact & { createdAt: number }>(
    `select ${CONTACT_COLUMNS}, created_at as "createdAt" from contacts
     where facts->'erasedAt' is null and ($1::text is null or concat_ws(' ', properties->>'firstname', properties->>'lastname', properties->>'email', properties->>'company', properties->>'jobtitle') ilike $1)
       and ($4::text is null or properties->>'lead_band' = $4)
       and ($2::timestamptz is null or created_at < $2)
     order by created_at desc, position desc limit $3`,
    [
      filter.q === undefined ? null : `%${filter.q.replace(/[\\%_]/g, "\\$&")}%`,
      filter.before === undefined ? null : new Date(filter.before),
      filter.limit,
      filter.band ?? null,
    ],
  );
  return withPaths(db, contacts);
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

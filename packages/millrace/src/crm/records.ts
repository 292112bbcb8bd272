/** What the CRM knows of our contacts, as rows: read before a sync, written after it. One SQL verb a function. */
import type { Contact } from "../contacts/contact.ts";
import { boolColumn, int8Column, jsonbColumn, textColumn, timestampColumn, uuidColumn } from "../db/columns.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import type { Written } from "./difference.ts";

/** The kind of identity that names a contact towards HubSpot (contact_identities). */
export const HUBSPOT = "hubspot";

/** A contact, and how it stands in the CRM. */
export interface CrmState {
  readonly contact: Contact;
  /** The last event folded into the contact. */
  readonly position: Position;
  readonly hubspotId: string | null;
  readonly email: string | null;
  readonly written: Written;
  readonly logged: Position;
  readonly isOut: boolean;
  /** Of the last enrichment, 0 to 10. */
  readonly quality: number | null;
}

/** The contacts among `ids` that may be written, as they are now: those the log has told of, that were neither erased here nor deleted there. */
export async function loadCrmStates(db: Queryable, ids: readonly string[]): Promise<CrmState[]> {
  const rows = await db.query<Omit<CrmState, "contact"> & Contact>(
    `select c.id, c.properties, c.facts, c.position,
            coalesce(r.hubspot_id, (select value from contact_identities i where i.contact = c.id and i.kind = 'hubspot' order by value limit 1)) as "hubspotId",
            coalesce((select value from contact_identities i where i.contact = c.id and i.kind = 'email' and i.value = lower(c.properties->>'email') limit 1),
                     (select value from contact_identities i where i.contact = c.id and i.kind = 'email' order by value limit 1)) as email,
            coalesce(r.written, '{}') as written, coalesce(r.logged, 0) as logged, coalesce(r.is_out, false) as "isOut",
            case when c.facts->'enrichedAt' is not null then
              (select (e.data->>'quality')::float8 from events_of(c.id) e where e.type = 'contact_enriched' order by e.position desc limit 1)
            end as quality
     from contacts c left join crm_records r on r.contact = c.id
     where c.id = any($1::uuid[]) and r.deleted_at is null and c.facts->'erasedAt' is null`,
    [uuidColumn(ids)],
    "load_crm_states",
  );
  return rows.map(({ id, properties, facts, ...row }) => ({ ...row, contact: { id, properties, facts } }));
}

/** Which contacts have these ids of HubSpot. */
export async function ownersOf(db: Queryable, hubspotIds: readonly string[]): Promise<Map<string, string>> {
  if (hubspotIds.length === 0) return new Map();
  const rows = await db.query<{ value: string; contact: string }>(
    "select value, contact from contact_identities where kind = 'hubspot' and value = any($1::text[])",
    [textColumn(hubspotIds)],
    "owners_of_hubspot_ids",
  );
  return new Map(rows.map((row) => [row.value, row.contact]));
}

/**
 * Who changes several rows of crm_records takes them in the order of their contacts: what HubSpot says and what is written to it come
 * at the same moment, and in different orders each would wait for the other until PostgreSQL ends one (a second each time).
 */
export interface CrmRecord {
  readonly contact: string;
  readonly hubspotId: string;
}

/**
 * Notes that HubSpot has these records no more. One that another record has taken the place of is left alone.
 * @param at by HubSpot's clock.
 * @returns those for which that is news.
 */
export function noteDeleted(tx: Tx, records: readonly CrmRecord[], at: number): Promise<CrmRecord[]> {
  return tx.query(
    `insert into crm_records as r (contact, hubspot_id, deleted_at)
     select n.contact, n.id, $3 from unnest($1::uuid[], $2::text[]) as n(contact, id)
     where not exists (select from crm_records o where o.hubspot_id = n.id and o.contact <> n.contact)
     order by n.contact
     on conflict (contact) do update set deleted_at = excluded.deleted_at, hubspot_id = excluded.hubspot_id
       where r.deleted_at is null and (r.hubspot_id is null or r.hubspot_id = excluded.hubspot_id)
     returning contact, hubspot_id as "hubspotId"`,
    [
      uuidColumn(records.map((record) => record.contact)),
      textColumn(records.map((record) => record.hubspotId)),
      new Date(at),
    ],
    "note_crm_deleted",
  );
}

export async function noteRestored(tx: Tx, { contact, hubspotId }: CrmRecord): Promise<void> {
  await tx.query(
    "update crm_records set deleted_at = null where contact = $1 and hubspot_id = $2",
    [contact, hubspotId],
    "note_crm_restored",
  );
}

export interface CrmRow {
  readonly contact: string;
  readonly hubspotId: string;
  readonly written: Written;
  readonly position: Position;
}

/**
 * Records what was written, and the ids learnt by it, in one transaction: from then on HubSpot's id names the contact.
 * Call it while holding the lease. A row never goes back to an older position.
 */
export async function saveCrmRecords(tx: Tx, rows: readonly CrmRow[], now: number): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into contact_identities (kind, value, contact)
     select 'hubspot', * from unnest($1::text[], $2::uuid[]) order by 2 on conflict do nothing`,
    [textColumn(rows.map((row) => row.hubspotId)), uuidColumn(rows.map((row) => row.contact))],
    "learn_hubspot_ids",
  );
  await tx.query(
    `insert into crm_records as r (contact, hubspot_id, written, position, synced_at)
     select * from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::bigint[], $5::timestamptz[]) order by 1
     on conflict (contact) do update set hubspot_id = excluded.hubspot_id, written = excluded.written,
       position = excluded.position, synced_at = excluded.synced_at
     where r.position <= excluded.position`,
    [
      uuidColumn(rows.map((row) => row.contact)),
      textColumn(rows.map((row) => row.hubspotId)),
      jsonbColumn(rows.map((row) => JSON.stringify(row.written))),
      int8Column(rows.map((row) => row.position)),
      timestampColumn(rows.map(() => now)),
    ],
    "save_crm_records",
  );
}

/** How far the contacts' activities stand in the CRM, and whether it knows that they opted out. */
export async function noteActivities(
  db: Queryable,
  rows: readonly { readonly contact: string; readonly logged: Position; readonly isOut: boolean }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `with n as materialized (
       select n.* from unnest($1::uuid[], $2::bigint[], $3::boolean[]) as n(contact, logged, is_out)
         join crm_records r using (contact) order by n.contact for update of r)
     update crm_records r set logged = greatest(r.logged, n.logged), is_out = r.is_out or n.is_out from n where r.contact = n.contact`,
    [
      uuidColumn(rows.map((row) => row.contact)),
      int8Column(rows.map((row) => row.logged)),
      boolColumn(rows.map((row) => row.isOut)),
    ],
    "note_crm_activities",
  );
}

/** The contacts take e-mail again there. */
export async function noteOptIns(db: Queryable, contacts: readonly string[]): Promise<void> {
  if (contacts.length === 0) return;
  await db.query(
    `with n as materialized (select contact from crm_records where contact = any($1::uuid[]) order by contact for update)
     update crm_records r set is_out = false from n where r.contact = n.contact`,
    [uuidColumn([...contacts])],
    "note_opt_ins",
  );
}

/**
 * Records what HubSpot said it has, so that it is neither written back nor overwritten with something older.
 * Call it with the position of the event that carried the values, right after that event was appended.
 * @param values by HubSpot's names of the properties.
 */
export async function noteTheirValues(
  db: Queryable,
  contact: string,
  hubspotId: string,
  values: Readonly<Record<string, string>>,
  position: Position,
  now: number,
): Promise<void> {
  const written = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, position, at: now }]),
  );
  await db.query(
    `insert into crm_records as r (contact, hubspot_id, written) values ($1, $2, $3)
     on conflict (contact) do update set written = r.written || excluded.written`,
    [contact, hubspotId, JSON.stringify(written)],
    "note_their_values",
  );
}

/** What is kept of HubSpot's telling, as rows: who is known, what was heard, what waits, what was set aside. One SQL verb a function. */
import { isContactId } from "../../../contacts/contact-id.ts";
import { jsonColumn, textColumn, timestampColumn, uuidColumn } from "../../../db/columns.ts";
import type { Queryable, Tx } from "../../../db/database.ts";
import type { Position } from "../../../events/event.ts";
import { MILLRACE_ID } from "../outbound/contact-mapping.ts";
import { type HubspotChange, sourceOf } from "./change.ts";
import { addressesOf, type TheirContact } from "./newcomer.ts";
import type { KnownContact, RemoteSnapshot } from "./translate.ts";

const INCOMING_LOCK = 7_241_040;

/**
 * Keeps everyone else from taking changes until the transaction ends, so that what was heard and what was taken stay as
 * they were read. Always before the log's lock, never after it.
 */
export async function lockIncoming(tx: Tx): Promise<void> {
  await tx.script(`select pg_advisory_xact_lock(${INCOMING_LOCK})`);
}

/** Our contacts by HubSpot's ids. One that stands in no event yet has no properties. */
export async function loadKnown(db: Queryable, hubspotIds: readonly string[]): Promise<Map<string, KnownContact>> {
  if (hubspotIds.length === 0) return new Map();
  const rows = await db.query<KnownContact>(
    `select i.contact, i.value as "hubspotId", coalesce(c.position, 0) as position, coalesce(c.properties, '{}') as properties,
            c.facts->'optedOut' is not null as "isOptedOut", coalesce(r.written, '{}') as written,
            case when r.hubspot_id = i.value then r.deleted_at end as "deletedAt", coalesce(h.heard, '{}') as heard
     from contact_identities i left join contacts c on c.id = i.contact left join crm_records r on r.contact = i.contact
       left join crm_heard h on h.hubspot_id = i.value
     where i.kind = 'hubspot' and i.value = any($1::text[])`,
    [textColumn(hubspotIds)],
    "load_known_contacts",
  );
  return new Map(rows.map((row) => [row.hubspotId, row]));
}

/** Contacts of ours that these turn out to be: by our own id, which HubSpot keeps, or by an address. */
export async function loadOthers(db: Queryable, theirs: readonly TheirContact[]): Promise<Map<string, KnownContact>> {
  const names = theirs.flatMap((one) => {
    const own = one.properties[MILLRACE_ID] ?? "";
    return [
      ...(isContactId(own) ? [{ id: one.id, kind: "id", value: own }] : []),
      ...addressesOf(one).map((value) => ({ id: one.id, kind: "email", value })),
    ];
  });
  if (names.length === 0) return new Map();
  const rows = await db.query<KnownContact>(
    `with named as (select * from unnest($1::text[], $2::text[], $3::text[]) with ordinality as n(hubspot_id, kind, value, place)),
          found as (select distinct on (n.hubspot_id) n.hubspot_id, coalesce(i.contact, o.id) as contact
            from named n left join contact_identities i on n.kind = 'email' and i.kind = 'email' and i.value = n.value
              left join contacts o on n.kind = 'id' and o.id::text = n.value
            where i.contact is not null or o.id is not null order by n.hubspot_id, n.place)
     select f.contact, f.hubspot_id as "hubspotId", coalesce(c.position, 0) as position, coalesce(c.properties, '{}') as properties,
            c.facts->'optedOut' is not null as "isOptedOut", coalesce(r.written, '{}') as written, null::timestamptz as "deletedAt",
            '{}'::jsonb as heard
     from found f left join contacts c on c.id = f.contact left join crm_records r on r.contact = f.contact`,
    [
      textColumn(names.map(({ id }) => id)),
      textColumn(names.map(({ kind }) => kind)),
      textColumn(names.map(({ value }) => value)),
    ],
    "load_other_contacts",
  );
  return new Map(rows.map((row) => [row.hubspotId, row]));
}

export interface SnapshotRow {
  readonly hubspotId: string;
  readonly contact: string;
  readonly heard: RemoteSnapshot;
  /** Those HubSpot has now, which need not be written to it. */
  readonly theirs: Readonly<Record<string, { value: string; position: Position; at: number }>>;
}

/** Keeps what was heard, and that HubSpot has it, so that it is not written back. A record in place of a deleted one is the contact's from now on. */
export async function saveSnapshot(tx: Tx, rows: readonly SnapshotRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = textColumn(rows.map((row) => row.hubspotId));
  await tx.query(
    `insert into crm_heard as h (hubspot_id, heard) select id, heard::jsonb from unnest($1::text[], $2::json[]) as n(id, heard) order by id
     on conflict (hubspot_id) do update set heard = h.heard || excluded.heard`,
    [ids, jsonColumn(rows.map((row) => JSON.stringify(row.heard)))],
    "save_heard",
  );
  await tx.query(
    `insert into crm_records as r (contact, hubspot_id, written)
     select n.contact, n.id, n.theirs::jsonb from unnest($1::uuid[], $2::text[], $3::json[]) as n(contact, id, theirs)
     where not exists (select from crm_records o where o.hubspot_id = n.id and o.contact <> n.contact)
     order by n.contact
     on conflict (contact) do update set
       written = case when r.deleted_at is null or r.hubspot_id = excluded.hubspot_id then r.written || excluded.written else excluded.written end,
       hubspot_id = case when r.deleted_at is null then coalesce(r.hubspot_id, excluded.hubspot_id) else excluded.hubspot_id end,
       deleted_at = case when r.hubspot_id = excluded.hubspot_id then r.deleted_at end`,
    [uuidColumn(rows.map((row) => row.contact)), ids, jsonColumn(rows.map((row) => JSON.stringify(row.theirs)))],
    "save_theirs",
  );
}

/** Keeps what HubSpot has of contacts that are only on their way in; what was heard since stays. */
export async function saveSnapshotOf(
  db: Queryable,
  contacts: readonly { readonly theirs: TheirContact; readonly values: ReadonlyMap<string, string> }[],
): Promise<void> {
  if (contacts.length === 0) return;
  const heardOf = ({ theirs, values }: (typeof contacts)[number]): RemoteSnapshot =>
    Object.fromEntries([...values].map(([name, value]) => [name, { value, at: theirs.updatedAt, position: 0 }]));
  await db.query(
    `insert into crm_heard as h (hubspot_id, heard) select id, heard::jsonb from unnest($1::text[], $2::json[]) as n(id, heard) order by id
     on conflict (hubspot_id) do update set heard = excluded.heard || h.heard`,
    [
      textColumn(contacts.map(({ theirs }) => theirs.id)),
      jsonColumn(contacts.map((contact) => JSON.stringify(heardOf(contact)))),
    ],
    "save_heard_of",
  );
}

/** Which of these (source, id) are in the log. */
export async function findTaken(
  db: Queryable,
  keys: readonly { readonly source: string; readonly key: string }[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.query<{ source: string; id: string }>(
    `select source, id from single_events where id is not null and (source, id) in (select * from unnest($1::text[], $2::text[]))`,
    [textColumn(keys.map(({ source }) => source)), textColumn(keys.map(({ key }) => key))],
    "find_taken_changes",
  );
  return new Set(rows.map(({ source, id }) => `${source}\n${id}`));
}

/** A change that waits already is the same change. */
export async function letWait(tx: Tx, changes: readonly HubspotChange[], now: number): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `insert into crm_waiting (source, event_id, hubspot_id, change, received_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::json[], $5::timestamptz[]) order by 1, 2 on conflict do nothing`,
    [
      textColumn(changes.map(sourceOf)),
      textColumn(changes.map(({ key }) => key)),
      textColumn(changes.map(({ objectId }) => objectId)),
      jsonColumn(changes.map((change) => JSON.stringify(change))),
      timestampColumn(changes.map(() => now)),
    ],
    "let_changes_wait",
  );
}

/** Of the HubSpot contacts something waits for, those that have waited longest; `receivedAt` of their first. */
export function waitingContacts(
  db: Queryable,
  limit: number,
): Promise<{ readonly hubspotId: string; readonly receivedAt: number }[]> {
  return db.query(
    `select hubspot_id as "hubspotId", min(received_at) as "receivedAt" from crm_waiting group by hubspot_id order by min(id) limit $1`,
    [limit],
    "waiting_hubspot_contacts",
  );
}

/** Of these HubSpot contacts, those something waits for. */
export async function waitingAmong(db: Queryable, hubspotIds: readonly string[]): Promise<Set<string>> {
  if (hubspotIds.length === 0) return new Set();
  const rows = await db.query<{ id: string }>(
    "select distinct hubspot_id as id from crm_waiting where hubspot_id = any($1::text[])",
    [textColumn(hubspotIds)],
    "waiting_among",
  );
  return new Set(rows.map(({ id }) => id));
}

/** Takes what waits for these contacts out of the waiting room, in order of arrival. */
export async function takeWaitingChanges(tx: Tx, hubspotIds: readonly string[]): Promise<HubspotChange[]> {
  if (hubspotIds.length === 0) return [];
  const rows = await tx.query<{ change: HubspotChange }>(
    `with taken as (delete from crm_waiting where hubspot_id = any($1::text[]) returning id, change)
     select change from taken order by id`,
    [textColumn(hubspotIds)],
    "take_waiting_changes",
  );
  return rows.map(({ change }) => change);
}

export interface SetAside {
  readonly error: string;
  /** As it came, at most a megabyte of it. */
  readonly raw: string;
}

const LARGEST_RAW = 1_000_000;

export async function setAside(db: Queryable, entries: readonly SetAside[], now: number): Promise<void> {
  if (entries.length === 0) return;
  await db.query(
    `insert into crm_set_aside (received_at, error, raw) select * from unnest($1::timestamptz[], $2::text[], $3::text[])`,
    [
      timestampColumn(entries.map(() => now)),
      textColumn(entries.map(({ error }) => storable(error).slice(0, 500))),
      textColumn(entries.map(({ raw }) => storable(raw).slice(0, LARGEST_RAW))),
    ],
    "set_aside_changes",
  );
}

/** A database holds neither NUL nor half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll("\u0000", "\uFFFD").toWellFormed();
}

export interface SetAsideRow extends SetAside {
  readonly id: number;
  readonly receivedAt: number;
}

/** Newest first. */
export function listSetAside(db: Queryable, limit: number): Promise<SetAsideRow[]> {
  return db.query(
    `select id, received_at as "receivedAt", error, raw from crm_set_aside order by id desc limit $1`,
    [limit],
    "list_set_aside",
  );
}

export async function readCursor<Place extends object>(db: Queryable, name: string): Promise<Place | undefined> {
  const [row] = await db.query<{ place: Place }>("select place from crm_places where name = $1", [name], "crm_place");
  return row?.place;
}

export async function saveCursor(db: Queryable, name: string, place: object): Promise<void> {
  await db.query(
    "insert into crm_places (name, place) values ($1, $2) on conflict (name) do update set place = excluded.place",
    [name, JSON.stringify(place)],
    "save_crm_place",
  );
}

/** @returns false when it is not `from` any more: someone else has moved it. */
export async function moveCursor(tx: Tx, name: string, from: object, to: object): Promise<boolean> {
  const rows = await tx.query(
    "update crm_places set place = $3 where name = $1 and place = $2::jsonb returning 1",
    [name, JSON.stringify(from), JSON.stringify(to)],
    "move_crm_place",
  );
  return rows.length > 0;
}

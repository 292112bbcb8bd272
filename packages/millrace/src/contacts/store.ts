/** Contacts in the database: read and written in batches by the runner, rebuilt from the log by no one else. */
import { int8Column, jsonColumn, timestampColumn, uuidColumn } from "../db/columns.ts";
import { copyRows, int8, json, timestamp, uuid } from "../db/copy.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Position, RecordedEvent } from "../events/event.ts";
import { EVENT_COLUMNS, readEvents } from "../events/log.ts";
import { type Contact, newContact } from "./contact.ts";
import { foldContact } from "./fold.ts";

export interface ContactRow {
  readonly contact: Contact;
  /** The last event that said something about it. */
  readonly position: Position;
}

export const CONTACT_COLUMNS = "id, properties, facts";

/** The contacts that exist among `ids`, by id. */
export async function loadContacts(db: Queryable, ids: readonly string[]): Promise<Map<string, Contact>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<Contact>(
    `select ${CONTACT_COLUMNS} from contacts where id = any((select $1::uuid[])::uuid[])`,
    [uuidColumn(ids)],
    "load_contacts",
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The same, each with the position of the last event that said something about it. */
export async function loadContactRows(db: Queryable, ids: readonly string[]): Promise<Map<string, ContactRow>> {
  return loadChangedContacts(db, ids, new Map());
}

/** Contacts as they are now among `ids`: those that are as they are known are not read again. */
export async function loadChangedContacts(
  db: Queryable,
  ids: readonly string[],
  known: ReadonlyMap<string, ContactRow>,
): Promise<Map<string, ContactRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<Contact & { position: Position }>(
    `select ${CONTACT_COLUMNS}, position from unnest((select $1::uuid[]), (select $2::bigint[])) as of(known_id, known_position)
     join contacts on id = known_id where position is distinct from known_position`,
    [uuidColumn(ids), int8Column(ids.map((id) => known.get(id)?.position ?? null))],
    "load_changed_contacts",
  );
  const loaded = new Map<string, ContactRow>();
  for (const id of ids) {
    const row = known.get(id);
    if (row !== undefined) loaded.set(id, row);
  }
  for (const { position, ...contact } of rows) loaded.set(contact.id, { contact, position });
  return loaded;
}

/**
 * Contacts as the log tells of them up to its end, also where the runner has not come yet; for who holds the log's lock.
 * One the log has not told of is missing.
 */
export async function loadContactsAsTold(tx: Tx, ids: readonly string[]): Promise<Map<string, Contact>> {
  const [known, told] = await Promise.all([
    loadContacts(tx, ids),
    tx.query<RecordedEvent>(
      `select e.* from unnest($1::uuid[]) as of(id) left join contacts c on c.id = of.id
       cross join lateral (select ${EVENT_COLUMNS} from events_of(of.id) where position > coalesce(c.position, 0)) e
       order by e.position`,
      [uuidColumn(ids)],
      "events_to_fold",
    ),
  ]);
  for (const event of told) {
    if (event.contact === null) continue;
    const contact = known.get(event.contact) ?? newContact(event.contact, event.occurredAt);
    known.set(event.contact, foldContact(contact, event));
  }
  return known;
}

/** Writes contacts as they are now, whether they are there or not. */
export async function saveContacts(tx: Tx, rows: readonly ContactRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into contacts (id, position, created_at, properties, facts)
     select * from unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::json[], $5::json[])
     on conflict (id) do update set position = excluded.position, properties = excluded.properties, facts = excluded.facts`,
    [
      uuidColumn(rows.map((row) => row.contact.id)),
      int8Column(rows.map((row) => row.position)),
      timestampColumn(rows.map((row) => row.contact.facts.createdAt)),
      jsonColumn(rows.map((row) => JSON.stringify(row.contact.properties))),
      jsonColumn(rows.map((row) => JSON.stringify(row.contact.facts))),
    ],
    "save_contacts",
  );
}

/** Writes contacts that are not there. @throws DatabaseError 23505 when one is. */
export async function addContacts(tx: Tx, rows: readonly ContactRow[]): Promise<void> {
  await copyRows(tx, "contacts", rows.length, {
    id: uuid(rows.map((row) => row.contact.id)),
    position: int8(rows.map((row) => row.position)),
    created_at: timestamp(rows.map((row) => row.contact.facts.createdAt)),
    properties: json(rows.map((row) => JSON.stringify(row.contact.properties))),
    facts: json(rows.map((row) => JSON.stringify(row.contact.facts))),
  });
}

/**
 * Throws every contact away and folds them again from the log up to `until`. Sends nothing, decides nothing.
 * Identities are kept: they are drawn at the door, before an event has a contact.
 * @returns how many events were read and how many contacts they made.
 */
export async function rebuildContacts(
  tx: Tx,
  until: Position,
  options: { batchSize?: number; onProgress?: (events: number) => void } = {},
): Promise<{ events: number; contacts: number }> {
  await tx.query("delete from contacts");
  const contacts = new Set<string>();
  let events = 0;
  let after = 0;
  for (;;) {
    const batch = (await readEvents(tx, after, options.batchSize ?? 2_000)).filter((event) => event.position <= until);
    const last = batch.at(-1);
    if (last === undefined) return { events, contacts: contacts.size };
    const loaded = await loadContacts(tx, [...new Set(batch.flatMap((event) => event.contact ?? []))]);
    const changed = new Map<string, ContactRow>();
    for (const event of batch) {
      if (event.contact === null) continue;
      const known = changed.get(event.contact)?.contact ?? loaded.get(event.contact);
      const after = foldContact(known ?? newContact(event.contact, event.occurredAt), event);
      if (after !== known) changed.set(event.contact, { contact: after, position: event.position });
      contacts.add(event.contact);
    }
    await saveContacts(tx, [...changed.values()]);
    events += batch.length;
    after = last.position;
    options.onProgress?.(events);
  }
}

/** One hash over all contacts, the same for the same contents: SHA-256 over rows in the order of id. */
export async function hashContacts(db: Queryable): Promise<string> {
  const [row] = await db.query<{ hash: string }>(
    `select encode(sha256(convert_to(coalesce(string_agg(id::text || properties::text || facts::text || position::text, E'\\n' order by id), ''), 'UTF8')), 'hex') as hash
     from contacts`,
  );
  return row?.hash ?? "";
}

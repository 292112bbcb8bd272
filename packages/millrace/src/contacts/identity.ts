/**
 * Who an event is about. The outside world names a contact by e-mail address or by the id another system gave it;
 * an external id wins over the address. A contact no one has named before gets an id here.
 */
import { parseEmailAddress } from "../base/email-address.ts";
import { MillraceError } from "../base/errors.ts";
import { textColumn, uuidColumn } from "../db/columns.ts";
import { copyRows, text, uuid } from "../db/copy.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { ContactReference } from "../events/event.ts";
import { isContactId, newContactId } from "./contact-id.ts";

interface Named {
  readonly kind: string;
  readonly value: string;
}

interface Identity extends Named {
  /** Both in one, to look it up by. */
  readonly name: string;
}

/**
 * The contact of each reference (null for undefined), new ones given an id.
 * Two processes that meet a new address at the same moment agree: the second one waits for the first and takes its id.
 * Round trips: one for a batch in which every reference has a single key, two otherwise.
 * @throws MillraceError invalid_contact when a reference holds no valid key.
 */
export async function resolveContacts(
  tx: Queryable,
  references: readonly (ContactReference | undefined)[],
): Promise<(string | null)[]> {
  const identities = references.map(identitiesOf);
  const several = identities.filter((keys) => keys.length > 1).flat();
  const known = await findContacts(tx, several);
  const { owners, unclaimed } = assign(references, identities, known);
  const settled = await claimIdentities(tx, unclaimed);
  return owners.map((owner, i) => {
    if (references[i]?.id !== undefined) return owner;
    return ownerAmong(identities[i] ?? [], known, settled) ?? owner;
  });
}

/** A key and the contact it is to belong to. */
export type Claim = Identity & { readonly contact: string };

/** Who references mean as far as the database knows; nothing is claimed yet. */
export interface LookedUp {
  /** The contact of each reference, null for undefined. */
  readonly owners: readonly (string | null)[];
  /** Those of them that no one has named before. */
  readonly newcomers: ReadonlySet<string>;
  /** Keys no one has: to be written by `addIdentities` while the log is locked and no one has appended since. */
  readonly unclaimed: readonly Claim[];
  /** Every key the references name. */
  readonly names: ReadonlySet<string>;
}

/** As `resolveContacts`, but only looks. @throws MillraceError invalid_contact. */
export async function lookUpContacts(
  db: Queryable,
  references: readonly (ContactReference | undefined)[],
): Promise<LookedUp> {
  const identities = references.map(identitiesOf);
  const all = identities.flat();
  const known = await findContacts(db, all);
  return { ...assign(references, identities, known), names: new Set(all.map((key) => key.name)) };
}

/** @throws DatabaseError 23505 when someone has one of the keys. */
export async function addIdentities(tx: Tx, claims: readonly Claim[]): Promise<void> {
  await copyRows(tx, "contact_identities", claims.length, {
    kind: text(claims.map((claim) => claim.kind)),
    value: text(claims.map((claim) => claim.value)),
    contact: uuid(claims.map((claim) => claim.contact)),
  });
}

function assign(
  references: readonly (ContactReference | undefined)[],
  identities: readonly (readonly Identity[])[],
  known: ReadonlyMap<string, string>,
): Pick<LookedUp, "owners" | "newcomers" | "unclaimed"> {
  const wanted = new Map<string, Claim>();
  const newcomers = new Set<string>();
  const owners = references.map((reference, i) => {
    if (reference === undefined) return null;
    const keys = identities[i] ?? [];
    let owner = reference.id ?? ownerAmong(keys, known, wanted);
    if (owner === undefined) {
      owner = newContactId();
      newcomers.add(owner);
    }
    for (const key of keys) {
      if (wanted.has(key.name) || known.has(key.name)) continue;
      wanted.set(key.name, { kind: key.kind, value: key.value, name: key.name, contact: owner });
    }
    return owner;
  });
  return { owners, newcomers, unclaimed: [...wanted.values()] };
}

function ownerAmong(
  keys: readonly Identity[],
  ...places: readonly ReadonlyMap<string, string | { contact: string }>[]
): string | undefined {
  for (const key of keys) {
    for (const place of places) {
      const found = place.get(key.name);
      if (found !== undefined) return typeof found === "string" ? found : found.contact;
    }
  }
  return undefined;
}

/** External ids first: they win. */
function identitiesOf(reference: ContactReference | undefined): Identity[] {
  if (reference === undefined) return [];
  const { externalIds } = reference;
  const external =
    externalIds === undefined ? [] : Object.entries(externalIds).map(([kind, value]) => identity(kind, value));
  const email = reference.email === undefined ? undefined : parseEmailAddress(reference.email);
  if (reference.email !== undefined && email === undefined) {
    throw new MillraceError("invalid_contact", {
      saw: `The e-mail address of the contact is not one valid address. Nothing was recorded.`,
      expected: "exactly one address like ada@example.com",
      next: "correct contact.email and send it again.",
      field: "contact.email",
    });
  }
  if (reference.id !== undefined && !isContactId(reference.id)) {
    throw new MillraceError("invalid_contact", {
      saw: `The contact's id ${JSON.stringify(reference.id)} is not an id of ours. Nothing was recorded.`,
      expected: "a UUID",
      next: "correct contact.id, or name the contact by its e-mail address.",
      field: "contact.id",
    });
  }
  const all = email === undefined ? external : [...external, identity("email", email)];
  if (all.length === 0 && reference.id === undefined) {
    throw new MillraceError("invalid_contact", {
      saw: "The contact has no id, e-mail address or external id. Nothing was recorded.",
      next: "name the contact by one of them.",
      field: "contact",
    });
  }
  return all;
}

async function findContacts(db: Queryable, keys: readonly Identity[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db.query<Named & { contact: string }>(
    `select held.* from unnest((select $1::text[]), (select $2::text[])) as named(kind, value)
     cross join lateral (select kind, value, contact from contact_identities i where i.kind = named.kind and i.value = named.value limit 1) held`,
    [textColumn(keys.map((key) => key.kind)), textColumn(keys.map((key) => key.value))],
    "find_contacts",
  );
  return new Map(rows.map((row) => [nameOf(row), row.contact]));
}

/**
 * Gives each key to its contact unless someone has it already.
 * @returns who has it instead, by key.
 */
async function claimIdentities(db: Queryable, keys: readonly Claim[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  // Always in the same order: two transactions that take keys crosswise would wait for each other for ever.
  const sorted = keys.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const rows = await db.query<Named & { contact: string; claimed: number | null }>(
    `with wanted as (select * from unnest($1::text[], $2::text[], $3::uuid[]) as w(kind, value, contact)),
          claimed as (insert into contact_identities (kind, value, contact) select * from wanted on conflict do nothing returning 1)
     select '' as kind, '' as value, null as contact, count(*) as claimed from claimed
     union all
     select held.kind, held.value, held.contact, null from contact_identities held join wanted using (kind, value)`,
    [
      textColumn(sorted.map((key) => key.kind)),
      textColumn(sorted.map((key) => key.value)),
      uuidColumn(sorted.map((key) => key.contact)),
    ],
    "claim_identities",
  );
  const owners = new Map(rows.flatMap((row) => (row.claimed === null ? [[nameOf(row), row.contact]] : [])));
  const claimed = rows.reduce((sum, row) => sum + (row.claimed ?? 0), 0);
  if (claimed + owners.size === keys.length) return owners;
  // Taken by a transaction that committed while this statement waited: neither half of the union could see it.
  return findContacts(db, sorted);
}

/** Takes back the keys of contacts of whom there is no event after all. */
export async function forgetUnheard(tx: Queryable, contacts: readonly string[]): Promise<void> {
  await tx.query(
    `delete from contact_identities i where contact = any($1::uuid[])
       and not exists (select from single_events e where e.contact = i.contact)`,
    [uuidColumn(contacts)],
    "forget_unheard",
  );
}

/**
 * What the outside world calls these contacts, by contact.
 * @param claims keys that are about to be theirs.
 */
export async function namesOf(
  db: Queryable,
  contacts: readonly string[],
  claims: readonly Claim[] = [],
): Promise<Map<string, ContactReference>> {
  if (contacts.length === 0) return new Map();
  const wanted = new Set(contacts);
  const rows = await db.query<Named & { contact: string }>(
    "select kind, value, contact from contact_identities where contact = any($1::uuid[])",
    [uuidColumn(contacts)],
    "names_of",
  );
  const all = [...rows, ...claims.filter((claim) => wanted.has(claim.contact))];
  return new Map([...Map.groupBy(all, (row) => row.contact)].map(([contact, names]) => [contact, referenceOf(names)]));
}

function referenceOf(names: readonly Named[]): ContactReference {
  const email = names.find((name) => name.kind === "email")?.value;
  const external = names.filter((name) => name.kind !== "email").map((name) => [name.kind, name.value]);
  return {
    ...(email === undefined ? {} : { email }),
    ...(external.length === 0 ? {} : { externalIds: Object.fromEntries(external) }),
  };
}

function identity(kind: string, value: string): Identity {
  return { kind, value, name: nameOf({ kind, value }) };
}

function nameOf(key: Named): string {
  return `${key.kind}\n${key.value}`;
}

/** The id of a contact, from an id, an e-mail address, or the number of HubSpot's record. */
import { parseEmailAddress } from "../base/email-address.ts";
import { MillraceError } from "../base/errors.ts";
import type { Queryable } from "../db/database.ts";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HUBSPOT = /^hubspot:(\d{1,20})$/;

/** @throws MillraceError invalid_request for what is neither; not_found when no contact has that address. */
export async function contactIdOf(db: Queryable, contact: string): Promise<string> {
  if (ID.test(contact)) return contact;
  const hubspotId = HUBSPOT.exec(contact)?.[1];
  if (hubspotId !== undefined) return contactOfHubspot(db, hubspotId);
  const email = parseEmailAddress(contact);
  if (email === undefined) throw notAContact(contact);
  const [row] = await db.query<{ contact: string }>(
    "select contact from contact_identities where kind = 'email' and value = $1",
    [email],
  );
  if (row !== undefined) return row.contact;
  throw noSuchContact(email);
}

async function contactOfHubspot(db: Queryable, hubspotId: string): Promise<string> {
  const [row] = await db.query<{ contact: string }>(
    `select contact from contact_identities where kind = 'hubspot' and value = $1
     union all select contact from crm_records where hubspot_id = $1 limit 1`,
    [hubspotId],
  );
  if (row !== undefined) return row.contact;
  throw noSuchContact(`with record ${hubspotId} in HubSpot`);
}

/** As `contactIdOf`, for a filter that may be left out. */
export async function contactFilter(db: Queryable, contact: string | undefined): Promise<string | undefined> {
  return contact === undefined ? undefined : contactIdOf(db, contact);
}

export function noSuchContact(contact: string): MillraceError {
  return new MillraceError("not_found", {
    saw: `There is no contact ${contact}.`,
    next: "look for it: `millrace contacts search`, or /api/contacts?q=…",
    field: "contact",
  });
}

function notAContact(text: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `"${text.slice(0, 100)}" is no contact.`,
    next: "give an e-mail address, the id of a contact, or hubspot: and the number of its record.",
    field: "contact",
  });
}

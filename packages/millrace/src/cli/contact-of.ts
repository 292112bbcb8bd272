/** The id of a contact, from an id or an e-mail address. */
import type { Queryable } from "../db/database.ts";
import { parseEmailAddress } from "../email-address.ts";
import { MillraceError } from "../errors.ts";
import { CliError } from "./exit-codes.ts";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws MillraceError not_found when nobody has that address. */
export async function contactIdOf(db: Queryable, who: string): Promise<string> {
  if (ID.test(who)) return who;
  const email = parseEmailAddress(who);
  if (email === undefined)
    throw new CliError("usage", `"${who}" is no contact.`, "give an e-mail address, or the id of a contact.");
  const [row] = await db.query<{ contact: string }>(
    "select contact from contact_identities where kind = 'email' and value = $1",
    [email],
  );
  if (row !== undefined) return row.contact;
  throw new MillraceError("not_found", {
    saw: `Nobody with the address ${email} is known.`,
    next: "see who is: `millrace events tail`.",
  });
}

/** As `contactIdOf`, for an option that may be left out. */
export async function contactFilter(db: Queryable, who: string | undefined): Promise<string | undefined> {
  return who === undefined ? undefined : contactIdOf(db, who);
}

/** A person that is meant to be there, and the rule that an admin stays. */
import { findPerson, hasOtherAdmin, listPeople, type Person } from "../access/people.ts";
import { didYouMean, MillraceError } from "../base/errors.ts";
import type { Tx } from "../db/database.ts";

/** @throws MillraceError not_found, with the nearest name. */
export async function knownPerson(tx: Tx, name: string): Promise<Person> {
  const person = await findPerson(tx, name);
  if (person !== undefined && person.removedAt === null) return person;
  const names = (await listPeople(tx)).filter(({ removedAt }) => removedAt === null).map((one) => one.name);
  throw new MillraceError("not_found", {
    saw: `No person is called "${name}" here.${didYouMean(name, names)} Nothing was done.`,
    next: `see who is: \`millrace people list\`; or \`millrace people add ${name} sales\`.`,
    field: "name",
  });
}

/** @throws MillraceError invalid_request when without this person there would be no admin. */
export async function keepAnAdmin(tx: Tx, name: string): Promise<void> {
  if (await hasOtherAdmin(tx, name)) return;
  throw new MillraceError("invalid_request", {
    saw: `${name} is the only admin. Nothing was done.`,
    next: "make another person admin before: `millrace people roles <name> admin`.",
    field: "name",
  });
}

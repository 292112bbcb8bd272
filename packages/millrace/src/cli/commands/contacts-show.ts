/** `millrace contacts show <who>`. */
import { MillraceError } from "../../errors.ts";
import { findContact } from "../../read/contacts.ts";
import type { Call } from "../command.ts";
import { contactIdOf } from "../contact-of.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";
import { list, moment, short } from "../text.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const [who = ""] = call.words;
  const contact = await withDatabase(await openProject(call, false), async (db) =>
    findContact(db, await contactIdOf(db, who)),
  );
  if (contact === undefined) {
    throw new MillraceError("not_found", {
      saw: `There is no contact ${who} yet.`,
      next: "wait until its first event is decided, or start the engine.",
    });
  }
  if (terminal.isJson) return terminal.document(contact);
  const properties = Object.entries(contact.properties).map(([name, value]) => [name, String(value)] as const);
  terminal.data(list([["id", contact.id], ["since", moment(contact.createdAt)], ...properties]));
  terminal.data("Its path:");
  for (const step of contact.path)
    terminal.data(`${String(step.position).padStart(6)}  ${moment(step.at)}  ${step.type}  ${short(step.data, 80)}`);
}

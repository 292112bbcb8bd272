/** A contact with its latest events (newest first), its tasks, e-mails, and the decisions made on those events. */
import { z } from "zod";
import { contact as contactField } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactIdOf, noSuchContact } from "./contact-id.ts";
import { described } from "./described-task.ts";
import { findContact } from "./rows/contacts.ts";
import { decisionsOn } from "./rows/decisions.ts";
import { listEmails } from "./rows/emails.ts";
import { findEvents } from "./rows/events.ts";
import { listTasks } from "./rows/tasks.ts";
import { contactStory } from "./views.ts";

const MAX_ROWS = 200;

export const contact = operation({
  input: z.object({ contact: contactField }),
  answer: contactStory,
  run: async ({ db, work }, { contact }) => {
    const id = await contactIdOf(db, contact);
    const found = await findContact(db, id);
    if (found === undefined) throw noSuchContact(contact);
    const of = { contact: id, limit: MAX_ROWS };
    const [{ events }, open, finished, emails] = await Promise.all([
      findEvents(db, of),
      listTasks(db, { ...of, state: "open" }),
      listTasks(db, { ...of, state: "finished" }),
      listEmails(db, of),
    ]);
    const positions = events.map((event) => event.position);
    const tasks = [...open, ...finished].map((task) => described(task, work.tasks.catalogue));
    return { ...found, events, tasks, emails, decisions: await decisionsOn(db, positions, [id]) };
  },
});

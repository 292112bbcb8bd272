/** Contacts, newest first, each with the path it has taken. */
import { z } from "zod";
import { text } from "../events/define-event.ts";
import { limit, moment, name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { listContacts } from "./rows/contacts.ts";
import { contactView } from "./views.ts";

export const contacts = operation({
  input: z.object({
    q: text(200).optional().describe("Part of a name, an e-mail address, a company or a job title."),
    band: name.optional().describe("Only those of this score band: hot, qualified, nurture, low."),
    before: moment.optional().describe("Only those known before this moment. Milliseconds since 1970."),
    limit,
  }),
  answer: z.object({ contacts: z.array(contactView) }),
  run: async ({ db }, filter) => ({ contacts: await listContacts(db, filter) }),
});

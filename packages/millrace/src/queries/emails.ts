/** The mailbox, newest first: sent, on their way, held back. */
import { z } from "zod";
import { before, contact, limit, moment } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactFilter } from "./contact-id.ts";
import { listEmails } from "./rows/emails.ts";
import { emailSummary } from "./views.ts";

export const emails = operation({
  input: z.object({
    contact: contact.optional(),
    state: z.enum(["sent", "suppressed", "sending", "unknown"]).optional(),
    since: moment.optional(),
    before,
    limit,
  }),
  answer: z.object({ emails: z.array(emailSummary) }),
  run: async ({ db }, { contact, since = 0, ...filter }) => {
    const found = await listEmails(db, { ...filter, contact: await contactFilter(db, contact) });
    return { emails: found.filter((email) => email.createdAt >= since) };
  },
});

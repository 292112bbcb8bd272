/** E-mails a model wrote that wait for a person, with what each rests on. */
import { z } from "zod";
import { contact, id, limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactFilter } from "./contact-id.ts";
import { draftView } from "./draft-views.ts";
import { listDrafts } from "./rows/drafts.ts";

export const drafts = operation({
  input: z.object({
    contact: contact.optional(),
    after: id.optional().describe("Only those behind this draft: the next page."),
    limit,
  }),
  answer: z.object({ drafts: z.array(draftView) }),
  run: async ({ db }, { contact, ...filter }) => ({
    drafts: await listDrafts(db, { ...filter, contact: await contactFilter(db, contact) }),
  }),
});

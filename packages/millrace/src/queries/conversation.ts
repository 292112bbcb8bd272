/** The conversation with one contact: both directions, what was cut of each message, how replies were read, and whether one may answer. */
import { z } from "zod";
import { mayEmail } from "../email/policy/mail-gate.ts";
import { contact as contactField, limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactIdOf, noSuchContact } from "./contact-id.ts";
import { conversationMessage } from "./conversation-views.ts";
import { draftView } from "./draft-views.ts";
import { findContact } from "./rows/contacts.ts";
import { readConversation } from "./rows/conversations.ts";
import { listDrafts } from "./rows/drafts.ts";

export const conversation = operation({
  input: z.object({ contact: contactField, limit }),
  answer: z.object({
    contact: z.guid(),
    messages: z.array(conversationMessage).describe("Oldest first; the latest of each direction."),
    drafts: z.array(draftView).describe("E-mails a model wrote to them that wait for a person."),
    mayAnswer: z.boolean(),
    whyNot: z.string().nullable().describe("Why an e-mail would not leave."),
  }),
  run: async ({ db, clock }, { contact, limit }) => {
    const id = await contactIdOf(db, contact);
    const found = await findContact(db, id);
    if (found === undefined) throw noSuchContact(contact);
    const [messages, drafts] = await Promise.all([
      readConversation(db, found.id, limit),
      listDrafts(db, { contact: found.id, limit: 20 }),
    ]);
    const verdict = mayEmail(found, { purpose: "transactional" }, clock.now());
    return { contact: found.id, messages, drafts, mayAnswer: verdict.ok, whyNot: verdict.ok ? null : verdict.reason };
  },
});

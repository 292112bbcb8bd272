/** Erases everything known of a contact, for good. Doing it twice is harmless. */
import { z } from "zod";
import { contact } from "../operations/fields.ts";
import { engineOperation } from "../operations/operation.ts";
import { eraseContact as erase } from "../privacy/erase-contact.ts";
import { contactIdOf } from "../queries/contact-id.ts";
import { erasedAnswer } from "../queries/views.ts";

export const eraseContact = engineOperation({
  input: z.object({ contact }),
  answer: erasedAnswer,
  run: async ({ db, clock, by, erasure }, { contact }) => {
    const id = await contactIdOf(db, contact);
    return erase(erasure, { contact: id, actor: by.id, because: "asked", now: clock.now() });
  },
});

/** What there is to erase of a contact; nothing is done. */
import { z } from "zod";
import { contact } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { previewErasure } from "../privacy/erase-contact.ts";
import { contactIdOf } from "./contact-id.ts";
import { erasedAnswer } from "./views.ts";

export const contactErasure = operation({
  input: z.object({ contact }),
  answer: erasedAnswer,
  run: async ({ db }, { contact }) => previewErasure(db, await contactIdOf(db, contact)),
});

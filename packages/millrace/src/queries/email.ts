/** One e-mail with its text. */
import { z } from "zod";
import { id } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { notFound } from "./not-found.ts";
import { findEmail } from "./rows/emails.ts";
import { emailView } from "./views.ts";

export const email = operation({
  input: z.object({ id: id.describe("The e-mail's number.") }),
  answer: emailView,
  run: async ({ db }, { id }) => {
    const found = await findEmail(db, id);
    if (found === undefined) throw notFound("e-mail", id, ["/api/emails", "emails list"]);
    return found;
  },
});

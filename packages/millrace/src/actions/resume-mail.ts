/** Lets e-mail leave again, with all that waited. */
import { z } from "zod";
import { readMailSwitch, resumeMail as resume } from "../email/policy/mail-switch.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { operation } from "../operations/operation.ts";
import { mailState } from "../queries/views.ts";

export const resumeMail = operation({
  input: z.object({}),
  answer: mailState,
  run: async (context) => {
    const { db, by, clock, changed } = context;
    const now = clock.now();
    await commit(context, async (tx) => {
      await resume(tx, { by: by.name, now });
      await appendFacts(tx, [{ type: "mail_resumed", data: {} }], by.id, now);
    });
    await changed("mail");
    return readMailSwitch(db);
  },
});

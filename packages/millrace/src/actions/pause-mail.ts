/** Stops all e-mail, at once and in every process. What is asked for meanwhile waits. */
import { z } from "zod";
import { pauseMail as pause, readMailSwitch } from "../email/policy/mail-switch.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { reason } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { mailState } from "../queries/views.ts";

export const pauseMail = operation({
  input: z.object({ reason }),
  answer: mailState,
  run: async (context, { reason }) => {
    const { db, by, clock, changed } = context;
    const now = clock.now();
    const fact = { type: "mail_paused", data: reason === undefined ? {} : { reason } } as const;
    await commit(context, async (tx) => {
      await pause(tx, { by: by.name, reason, now });
      await appendFacts(tx, [fact], by.id, now);
    });
    await changed("mail");
    return readMailSwitch(db);
  },
});

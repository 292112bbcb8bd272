/** E-mail by what became of it: planned, held back, sent, leaving, unknown; and why. */
import { z } from "zod";
import { readMailSwitch } from "../email/policy/mail-switch.ts";
import { before, contact, limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactFilter } from "./contact-id.ts";
import { outboxEmail } from "./list-views.ts";
import { countOutbox, listOutbox, OUTBOX_STATES } from "./rows/outbox.ts";
import { MAX_COUNTED } from "./rows/overview.ts";
import { mailState } from "./views.ts";

const DAY_MS = 86_400_000;

export const outbox = operation({
  input: z.object({
    state: z
      .enum(OUTBOX_STATES)
      .default("planned")
      .describe(
        "planned: asked for, the next to leave first; held: will not leave, and why; unknown: it may have left.",
      ),
    contact: contact.optional(),
    before: before.describe("The `id` of the last one of the page before."),
    limit,
  }),
  answer: z.object({
    emails: z.array(outboxEmail),
    counts: z
      .object({ planned: z.number(), held: z.number(), sent: z.number(), sending: z.number(), unknown: z.number() })
      .describe("How many in all; of held and sent ones, of the last 24 hours. Each stops at 10,001."),
    mail: mailState,
  }),
  run: async ({ db, clock }, { contact, ...filter }) => {
    const wanted = { ...filter, contact: await contactFilter(db, contact) };
    const [emails, counts, mail] = await Promise.all([
      listOutbox(db, wanted),
      countOutbox(db, clock.now() - DAY_MS, MAX_COUNTED),
      readMailSwitch(db),
    ]);
    return { emails, counts, mail };
  },
});

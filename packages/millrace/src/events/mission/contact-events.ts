/** Flow 1: a contact is known, changes, is scored. Read by mission-events.ts. */
import { z } from "zod";
import { changes, event, text } from "../define-event.ts";
import { byWhom, contactProperties, name, score, task, whom } from "./fields.ts";

export const contactEvents = {
  contact_created: event({
    flow: 1,
    about: "A contact is known for the first time.",
    data: z.strictObject({ ...whom, properties: contactProperties.optional(), origin: name.optional() }),
    contact: byWhom,
    example: { email: "ada@example.com", properties: { firstname: "Ada" }, origin: "import" },
  }),
  contact_updated: event({
    flow: 1,
    about: "Properties of a contact changed, other than by a form, a scoring or an enrichment of ours.",
    data: z.strictObject({
      ...whom,
      changes,
      /** A person's correction is taken back: the values are again what they were, and whose they were. */
      takesBack: z.literal(true).optional(),
    }),
    contact: byWhom,
    example: { email: "ada@example.com", changes: { jobtitle: { from: null, to: "CTO" } } },
  }),
  contact_scored: event({
    flow: 9,
    internal: true,
    about: "A scoring took place.",
    data: z.strictObject({
      score,
      band: name,
      rubric: name,
      reasons: z.array(z.strictObject({ feature: name, points: z.number(), because: text(500) })).max(50),
      task: task.optional(),
    }),
  }),
  lead_score_updated: event({
    flow: 2,
    internal: true,
    about: "A contact's score changed, by whatever hand.",
    data: z.strictObject({
      from: z.number().nullable(),
      to: z.number().nullable(),
      /** The band of the new score by the settings in force; null without a score. Missing in older logs. */
      band: name.nullable().optional(),
      cause: name,
    }),
  }),
} as const;

/** Alerts, newest first, and who has seen them. */
import { z } from "zod";
import { before, contact, limit, moment, name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactFilter } from "./contact-id.ts";
import { listAlerts } from "./rows/alerts.ts";
import { alertView } from "./views.ts";

export const alerts = operation({
  input: z.object({
    audience: name.optional().describe("Only those to this audience: sales, admin …"),
    unseen: z.boolean({ error: "is not true or false" }).optional().describe("True: only those no person has seen."),
    contact: contact.optional(),
    since: moment.optional(),
    before,
    limit,
  }),
  answer: z.object({ alerts: z.array(alertView) }),
  run: async ({ db }, { contact, since = 0, ...filter }) => {
    const found = await listAlerts(db, { ...filter, contact: await contactFilter(db, contact) });
    return { alerts: found.filter((alert) => alert.createdAt >= since) };
  },
});

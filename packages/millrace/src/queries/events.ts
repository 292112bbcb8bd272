/** Events, newest first; with `after`, on from that position, oldest first. */
import { z } from "zod";
import { contact, id, limit, moment, name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactFilter } from "./contact-id.ts";
import { listEvents } from "./rows/events.ts";
import { eventView } from "./views.ts";

export const events = operation({
  input: z.object({
    after: id.optional().describe("Only events past this position, oldest first."),
    before: id.optional().describe("Only events before this position, newest first."),
    type: name.optional(),
    contact: contact.optional(),
    since: moment.optional().describe("Not older than this moment, by their source's clock. Milliseconds since 1970."),
    limit,
  }),
  answer: z.object({ events: z.array(eventView) }),
  run: async ({ db }, { contact, since, ...filter }) => {
    const found = await listEvents(db, { ...filter, contact: await contactFilter(db, contact) });
    return { events: since === undefined ? found : found.filter((event) => event.occurredAt >= since) };
  },
});

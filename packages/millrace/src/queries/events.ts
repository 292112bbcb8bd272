/** Events, newest first; with `after`, on from that position, oldest first. */
import { z } from "zod";
import type { Queryable } from "../db/database.ts";
import { text } from "../events/define-event.ts";
import { contact, id, limit, moment, name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactFilter } from "./contact-id.ts";
import { type EventFilter, findEvents, positionAt } from "./rows/events.ts";
import { eventView } from "./views.ts";

export const events = operation({
  input: z.object({
    after: id.optional().describe("Only events past this position, oldest first."),
    before: id.optional().describe("Only events before this position, newest first."),
    type: name.optional(),
    contact: contact.optional(),
    q: text(200).min(1).optional().describe("Only those with this text anywhere in their data, in any case."),
    actor: name
      .optional()
      .describe('Only what this one did: "person:ada", "key:crm"; with a colon at its end all such: "person:".'),
    from: moment.optional().describe("Recorded at this moment or later. Milliseconds since 1970."),
    to: moment.optional().describe("Recorded before this moment. Milliseconds since 1970."),
    since: moment.optional().describe("Not older than this moment, by their source's clock. Milliseconds since 1970."),
    limit,
  }),
  answer: z.object({
    events: z.array(eventView),
    scannedTo: z
      .number()
      .int()
      .nullable()
      .describe(
        "Not null: the time for one answer was over before enough was found. Ask again with this as `before` (or as `after`) to look further.",
      ),
  }),
  run: async ({ db }, { contact, since, from, to, ...filter }) => {
    const narrowed = { ...(await within(db, filter, from, to)), contact: await contactFilter(db, contact) };
    const { events, scannedTo } = await findEvents(db, narrowed);
    return { events: since === undefined ? events : events.filter(({ occurredAt }) => occurredAt >= since), scannedTo };
  },
});

/** Times as positions. */
async function within(
  db: Queryable,
  filter: EventFilter,
  from: number | undefined,
  to: number | undefined,
): Promise<EventFilter> {
  const first = from === undefined ? 1 : await positionAt(db, from);
  const end = to === undefined ? Number.POSITIVE_INFINITY : await positionAt(db, to);
  const before = Math.min(filter.before ?? Number.POSITIVE_INFINITY, end);
  return {
    ...filter,
    ...(before === Number.POSITIVE_INFINITY ? {} : { before }),
    ...(first === 1 ? {} : { first }),
    ...(filter.after === undefined ? {} : { after: Math.max(filter.after, first - 1) }),
  };
}

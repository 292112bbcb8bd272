/** Events, newest first; with `after`, on from that position, oldest first. */
import { z } from "zod";
import { didYouMean, MillraceError } from "../base/errors.ts";
import type { Queryable } from "../db/database.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import { text } from "../events/define-event.ts";
import { readEvents } from "../events/log.ts";
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
  run: async ({ db, work }, { contact, since, from, to, ...filter }) => {
    await refuseUnknown(db, work.catalogue, filter.type);
    const narrowed = { ...(await within(db, filter, from, to)), contact: await contactFilter(db, contact) };
    const { events, scannedTo } = await findEvents(db, narrowed);
    return { events: since === undefined ? events : events.filter(({ occurredAt }) => occurredAt >= since), scannedTo };
  },
});

/** A type that is neither declared nor in the log is a slip of the pen, and no answer. */
async function refuseUnknown(db: Queryable, catalogue: EventCatalogue, type: string | undefined): Promise<void> {
  if (type === undefined || catalogue.find(type) !== undefined || (await readEvents(db, 0, 1, [type])).length > 0)
    return;
  throw new MillraceError("unknown_event_type", {
    saw: `There is no event type "${type}".${didYouMean(type, catalogue.names())}`,
    next: "correct it; `millrace events list` shows the types of the newest events.",
    field: "type",
  });
}

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

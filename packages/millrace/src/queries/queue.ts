/** What waits for people, in the order it should be done. */
import { z } from "zod";
import { RUNNER_SUBSCRIPTION } from "../decider/cursor.ts";
import { text } from "../events/define-event.ts";
import { linesUpToDate, searchFor } from "../intake/lines.ts";
import { contact, limit, moment, name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactFilter } from "./contact-id.ts";
import { described } from "./described-task.ts";
import { cursorOf, readCursor } from "./rows/cursor.ts";
import { MAX_COUNTED } from "./rows/overview.ts";
import { countQueue, listQueue, QUEUE_VIEWS, type QueueCursor } from "./rows/people-queue.ts";
import { kindsOf } from "./task-filter.ts";
import { queuedTask } from "./views.ts";

/** Kinds that are asked for when a contact says yes: they may not wait behind anything else. */
const OF_WHO_SAID_YES: ReadonlySet<string> = new Set(["schedule_meeting"]);

export const queue = operation({
  input: z.object({
    view: z
      .enum(QUEUE_VIEWS)
      .default("open")
      .describe(
        "open: all but what was put off; mine: what I hold; team: what no one holds; snoozed: what was put off.",
      ),
    person: name.optional().describe("Whose view `mine` is. Left out: of who asks."),
    role: name.optional().describe("Only what people with this role do, e.g. sales."),
    kind: name.optional().describe("Only tasks of this kind."),
    band: name.optional().describe("Only of contacts in this score band."),
    q: text(200).optional().describe("Words, or beginnings of words, of what is known of the contact."),
    contact: contact.optional(),
    dueFrom: moment.optional().describe("Due at this moment or later. Milliseconds since 1970."),
    dueUntil: moment.optional().describe("Due before this moment; now: what is overdue. Milliseconds since 1970."),
    after: text(500).optional().describe("The `cursor` of the last task of the page before."),
    limit,
  }),
  answer: z.object({
    tasks: z.array(queuedTask),
    counts: z
      .object({ open: z.number(), mine: z.number(), team: z.number(), snoozed: z.number(), overdue: z.number() })
      .nullable()
      .describe("How many each view has, with the same filter; each stops at 10,001. Null on later pages."),
  }),
  run: async ({ db, work, by, clock }, { view, person, role, kind, contact, q = "", after, limit, ...narrow }) => {
    await linesUpToDate(db, RUNNER_SUBSCRIPTION);
    const kinds = (kindsOf(work.tasks.catalogue, { kind, role, human: true }) ?? []).map((one) => ({
      kind: one,
      saidYes: OF_WHO_SAID_YES.has(one),
    }));
    const filter = {
      ...narrow,
      kinds,
      person: person ?? by.name,
      now: clock.now(),
      search: searchFor(q),
      contact: await contactFilter(db, contact),
    };
    const [rows, counts] = await Promise.all([
      listQueue(db, { ...filter, view }, { after: queueCursorOf(after), limit }),
      after === undefined ? countQueue(db, filter, MAX_COUNTED) : null,
    ]);
    const tasks = rows.map(({ place, ...row }) => ({
      ...row,
      ...described(row, work.tasks.catalogue),
      cursor: cursorOf(`${place.saidYes ? 1 : 0}|${place.dueAt}|${place.lowness}`, place.id),
    }));
    return { tasks, counts };
  },
});

const KEY =
  /^([01])\|(\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d){0,2})\|(-?\d{1,16}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)$/;

function queueCursorOf(after: string | undefined): QueueCursor | undefined {
  const cursor = readCursor(after, (key, id) => KEY.test(key) && /^\d{1,15}$/.test(id));
  const [, saidYes, dueAt = "", lowness = ""] = KEY.exec(cursor?.key ?? "") ?? [];
  return cursor && { saidYes: saidYes === "1", dueAt, lowness, id: cursor.id };
}

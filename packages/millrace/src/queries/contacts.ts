/** Contacts, narrowed and sorted, page by page. */
import { z } from "zod";
import { RUNNER_SUBSCRIPTION } from "../decider/cursor.ts";
import { text } from "../events/define-event.ts";
import { linesUpToDate, searchFor } from "../intake/lines.ts";
import { limit, moment, name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { CONTACT_SORTS, type ContactSort, countContacts, listContacts } from "./rows/contacts.ts";
import { readCursor } from "./rows/cursor.ts";
import { MAX_COUNTED } from "./rows/overview.ts";
import { listedContact } from "./views.ts";

export const contacts = operation({
  input: z.object({
    q: text(200)
      .optional()
      .describe("Words, or beginnings of words, of what a row shows: name, address, company, job title, band, stage …"),
    band: name.optional().describe("Only those of this score band: hot, qualified, nurture, low."),
    lifecycle: name.optional().describe("Only those of this lifecycle stage, e.g. customer."),
    owner: name.optional().describe("Only those of this owner, by the number HubSpot has for it."),
    source: name.optional().describe("Only those that came from there."),
    since: moment.optional().describe("Only those known since this moment. Milliseconds since 1970."),
    until: moment.optional().describe("Only those known before this moment. Milliseconds since 1970."),
    sort: z
      .enum(CONTACT_SORTS)
      .default("created")
      .describe("created: the newest first; activity: with the newest event first; score: the hottest first."),
    path: z
      .boolean({ error: "is not true or false" })
      .default(true)
      .describe("False: without the steps each has taken."),
    after: text(500).optional().describe("The `cursor` of the last contact of the page before."),
    limit,
  }),
  answer: z.object({
    contacts: z.array(listedContact),
    count: z.number().int().nullable().describe("How many there are in all; it stops at 10,001. Null on later pages."),
  }),
  run: async ({ db }, { q = "", sort, path, after, limit, ...narrow }) => {
    await linesUpToDate(db, RUNNER_SUBSCRIPTION);
    const filter = { ...narrow, search: searchFor(q) };
    if (q.trim() !== "" && filter.search === undefined) return { contacts: [], count: 0 };
    const page = { sort, after: readCursor(after, isOf(sort)), limit, withPaths: path };
    const [contacts, count] = await Promise.all([
      listContacts(db, filter, page),
      after === undefined ? countContacts(db, filter, MAX_COUNTED) : null,
    ]);
    return { contacts, count };
  },
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEYS: Readonly<Record<ContactSort, RegExp>> = {
  created: /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/,
  activity: /^\d{1,18}$/,
  score: /^(-Infinity|-?\d{1,16}(\.\d{1,20})?(e[+-]?\d{1,3})?)$/,
};

function isOf(sort: ContactSort): (key: string, id: string) => boolean {
  return (key, id) => KEYS[sort].test(key) && UUID.test(id);
}

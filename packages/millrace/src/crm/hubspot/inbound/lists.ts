/**
 * Who stands on the lists of HubSpot's that the settings name: `contact_listed` and `contact_unlisted`, as if they had
 * been put on a list of ours. Only contacts that are known here; the others are listed when they have come in. Run by incoming.ts.
 */
import { z } from "zod";
import { textColumn } from "../../../db/columns.ts";
import { type IncomingEvent, incomingEventOf } from "../../../intake/incoming-event.ts";
import { appendIncoming } from "../../../intake/ingest.ts";
import type { HubspotApi } from "../client/client.ts";
import type { Intake } from "./delivery.ts";
import { saveCursor } from "./incoming-rows.ts";
import { Reading, type ReadUpTo, unread } from "./reading.ts";

const LOCK = 7_241_055;
const PLACE = "lists";
/** HubSpot gives no more at once. */
const PAGE_SIZE = "250";
/** Events in one transaction: a form behind them does not wait long. */
const AT_ONCE = 200;

const answer = z.object({
  results: z.array(z.object({ recordId: z.union([z.string(), z.number()]).transform(String) })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

export interface ListReaderOptions {
  readonly api: HubspotApi;
  /** HubSpot's id of a list, by our name of it. */
  readonly lists: Readonly<Record<string, string>>;
  /** 0: never. */
  readonly everyMs: number;
  readonly onTaken: (appended: number) => void;
  readonly onError: (error: unknown) => void;
}

export class ListReader {
  readonly #intake: Intake;
  readonly #options: ListReaderOptions;
  readonly reading: Reading;

  constructor(intake: Intake, options: ListReaderOptions) {
    this.#intake = intake;
    this.#options = options;
    const everyMs = Object.keys(options.lists).length === 0 ? 0 : options.everyMs;
    this.reading = new Reading(intake, { ...options, everyMs, name: PLACE, lock: LOCK, read: () => this.readNow() });
  }

  /** Compares every list with what is known here. @returns how many events that gave. @throws MillraceError hubspot_failed. */
  async readNow(): Promise<number> {
    const { db, clock } = this.#intake;
    const readAt = clock.now();
    let appended = 0;
    for (const [name, id] of Object.entries(this.#options.lists)) {
      appended += await this.#follow(name, await this.#membersOf(name, id));
    }
    await saveCursor(db, PLACE, { since: readAt, readAt } satisfies ReadUpTo);
    if (appended > 0) {
      this.#intake.wakeUps.local("events");
      this.#options.onTaken(appended);
    }
    return appended;
  }

  async #membersOf(name: string, id: string): Promise<readonly string[]> {
    const { api } = this.#options;
    const members: string[] = [];
    for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
      const query = { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) };
      const path = api.paths.listMembers(id);
      const got = await api.request({ method: "GET", path, query, urgency: "bulk", kind: "other", lists: "results" });
      if (!got.ok) throw unread(got.failure, `the members of the list "${name}" (${id})`, "crm.lists.read");
      const { results, paging } = answer.parse(got.body);
      members.push(...results.map(({ recordId }) => recordId));
      after = paging?.next?.after;
    }
    return members;
  }

  async #follow(list: string, members: readonly string[]): Promise<number> {
    const { db, catalogue, clock, wakeUps } = this.#intake;
    const changes = await db.query<{ contact: string; isMember: boolean }>(
      `select c.id as contact, m.contact is not null as "isMember"
       from (select distinct i.contact from contact_identities i
             where i.kind = 'hubspot' and i.value = any($2::text[])) m
         full join (select id, facts from contacts where (facts->'lists')::jsonb ? $1) l on l.id = m.contact
         join contacts c on c.id = coalesce(m.contact, l.id)
       where (m.contact is null) <> (l.id is null) and c.facts->'erasedAt' is null`,
      [list, textColumn(members)],
      "list_changes",
    );
    const arrivals: IncomingEvent[] = changes.map(({ contact, isMember }) => {
      const type = isMember ? "contact_listed" : "contact_unlisted";
      const about = { contact: { id: contact }, source: "hubspot:lists", actor: "hubspot" };
      return incomingEventOf({ type, data: { list }, ...about }, catalogue, clock.now());
    });
    for (let i = 0; i < arrivals.length; i += AT_ONCE) {
      await db.transaction((tx) => appendIncoming(tx, wakeUps, arrivals.slice(i, i + AT_ONCE)));
    }
    return arrivals.length;
  }
}

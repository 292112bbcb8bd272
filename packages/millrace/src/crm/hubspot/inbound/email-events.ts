/**
 * What the marketing e-mails that HubSpot sends led to: opened, clicked, bounced, reported as spam. Each becomes an
 * `email_engagement` of the contact whose address it is, once; of people unknown here nothing is kept. Run by incoming.ts.
 */
import { z } from "zod";
import { parseEmailAddress } from "../../../base/email-address.ts";
import { readStatus } from "../../../email/inbound/status-codes.ts";
import type { Json } from "../../../events/event.ts";
import type { HubspotApi } from "../client/client.ts";
import type { Intake } from "./delivery.ts";
import { takeEngagements } from "./engagements.ts";
import { loadOthers, readCursor, saveCursor } from "./incoming-rows.ts";
import { Reading, type ReadUpTo, unread } from "./reading.ts";

const LOCK = 7_241_054;
const PLACE = "email-events";
/** Mail programs' answers reach HubSpot's list late. */
const OVERLAP_MS = 600_000;
const PAGE_SIZE = "1000";
/** One type a call: HubSpot takes no list. */
const TYPES = ["OPEN", "CLICK", "BOUNCE", "SPAMREPORT"] as const;
type EventType = (typeof TYPES)[number];

const answer = z.object({
  hasMore: z.boolean().default(false),
  offset: z.coerce.string().default(""),
  events: z
    .array(
      z.object({
        id: z.coerce.string(),
        created: z.number(),
        recipient: z.string().default(""),
        url: z.string().optional(),
        /** HubSpot takes it for a program's. */
        filteredEvent: z.boolean().optional(),
        response: z.string().optional(),
        status: z.string().optional(),
      }),
    )
    .default([]),
});
type HubspotEmailEvent = z.output<typeof answer>["events"][number];

export interface EmailEventReaderOptions {
  readonly api: HubspotApi;
  /** 0: never. */
  readonly everyMs: number;
  readonly onTaken: (appended: number) => void;
  readonly onError: (error: unknown) => void;
}

export class EmailEventReader {
  readonly #intake: Intake;
  readonly #options: EmailEventReaderOptions;
  readonly reading: Reading;

  constructor(intake: Intake, options: EmailEventReaderOptions) {
    this.#intake = intake;
    this.#options = options;
    this.reading = new Reading(intake, { name: PLACE, lock: LOCK, read: () => this.readNow(), ...options });
  }

  /** Takes what happened since the last time. @returns how many events that gave. @throws MillraceError hubspot_failed. */
  async readNow(): Promise<number> {
    const { db, clock } = this.#intake;
    const readAt = clock.now();
    const from = (await readCursor<ReadUpTo>(db, PLACE))?.since ?? readAt;
    let since = from;
    let appended = 0;
    for (const type of TYPES) {
      for (let offset: string | undefined, isOver = false; !isOver; ) {
        const page = await this.#page(type, Math.max(0, from - OVERLAP_MS), offset);
        appended += await this.#take(type, page.events);
        since = Math.max(since, ...page.events.map(({ created }) => created));
        isOver = !page.hasMore || page.offset === "" || page.offset === offset;
        offset = page.offset;
      }
    }
    await saveCursor(db, PLACE, { since, readAt } satisfies ReadUpTo);
    if (appended > 0) this.#options.onTaken(appended);
    return appended;
  }

  async #page(eventType: EventType, since: number, offset: string | undefined) {
    const { api } = this.#options;
    const query = { eventType, startTimestamp: String(since), limit: PAGE_SIZE, ...(offset ? { offset } : {}) };
    const got = await api.request({
      method: "GET",
      path: api.paths.emailEvents(),
      query,
      urgency: "normal",
      kind: "other",
      lists: "events",
    });
    if (!got.ok) throw unread(got.failure, "what its e-mails led to", "content");
    return answer.parse(got.body);
  }

  async #take(type: EventType, events: readonly HubspotEmailEvent[]): Promise<number> {
    const addressed = events.flatMap((event) => {
      const email = parseEmailAddress(event.recipient);
      return email === undefined ? [] : [{ event, email }];
    });
    const addresses = [...new Set(addressed.map(({ email }) => email))];
    const known = await loadOthers(
      this.#intake.db,
      addresses.map((email) => ({ id: email, properties: { email }, updatedAt: 0 })),
    );
    const engagements = addressed.flatMap(({ event, email }) => {
      const contact = known.get(email)?.contact;
      const key = `${type}:${event.created}:${event.id}`;
      return contact === undefined ? [] : [{ key, contact, occurredAt: event.created, data: dataOf(type, event) }];
    });
    return takeEngagements(this.#intake, engagements);
  }
}

function dataOf(type: EventType, event: HubspotEmailEvent): Json {
  const machine = event.filteredEvent === true ? { machine: true } : {};
  switch (type) {
    case "OPEN":
      return { engagement: "opened", ...machine };
    case "CLICK":
      return { engagement: "clicked", ...machine, ...(event.url ? { url: event.url.slice(0, 2_000) } : {}) };
    case "SPAMREPORT":
      return { engagement: "complained", reason: "reported as spam to HubSpot" };
    case "BOUNCE": {
      const said = (event.response ?? "").replaceAll("\u0000", "").slice(0, 500).toWellFormed();
      const status = readStatus(event.status, said);
      const meaning = status === undefined ? {} : { meaning: status.meaning };
      return { engagement: "bounced", hard: status?.isHard ?? false, ...meaning, reason: said || "HubSpot: bounced" };
    }
  }
}

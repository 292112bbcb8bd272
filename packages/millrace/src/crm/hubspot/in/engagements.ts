/** What came back for an e-mail, by HubSpot's telling, into the log: each once. Used by emails.ts and email-events.ts. */
import { appendArrivals, arrivalOf } from "../../../contacts/ingest.ts";
import type { Queryable } from "../../../db/database.ts";
import type { Json } from "../../../events/event.ts";
import type { Intake } from "./delivery.ts";
import { findTaken } from "./incoming-rows.ts";

export interface Engagement {
  /** The same for the same fact, however often it is read. */
  readonly key: string;
  /** Our id. */
  readonly contact: string;
  /** HubSpot's clock. */
  readonly occurredAt: number;
  /** Of an `email_engagement`. */
  readonly data: Json;
}

const SOURCE = "hubspot:emails";
/** Events in one transaction: a form behind them does not wait long. */
const AT_ONCE = 200;
/** An answer that came into our own mailbox too is logged by HubSpot within minutes; clocks may differ. */
const SAME_WITHIN_MS = 86_400_000;

/** @returns how many were new. */
export async function takeEngagements(intake: Intake, all: readonly Engagement[]): Promise<number> {
  let appended = 0;
  for (let i = 0; i < all.length; i += AT_ONCE) appended += await takeSome(intake, all.slice(i, i + AT_ONCE));
  if (appended > 0) intake.wakeUps.local("events");
  return appended;
}

async function takeSome(intake: Intake, some: readonly Engagement[]): Promise<number> {
  const { db, catalogue, clock, wakeUps } = intake;
  const taken = await findTaken(
    db,
    some.map(({ key }) => ({ source: SOURCE, key })),
  );
  const arrivals = some
    .filter(({ key }) => !taken.has(`${SOURCE}\n${key}`))
    .map(({ key, contact, occurredAt, data }) => {
      const about = { source: SOURCE, id: key, contact: { id: contact }, actor: "hubspot" };
      return arrivalOf({ type: "email_engagement", data, occurredAt, ...about }, catalogue, clock.now());
    });
  if (arrivals.length === 0) return 0;
  const recorded = await db.transaction((tx) => appendArrivals(tx, wakeUps, arrivals));
  return recorded.filter(({ isDuplicate }) => !isDuplicate).length;
}

/** Whether the contact's answer with these words is in the log already: it came into our own mailbox as well. */
export async function saidBefore(db: Queryable, contact: string, text: string, at: number): Promise<boolean> {
  const rows = await db.query<{ text: string | null }>(
    `select e.data->>'text' as text from events_of($1) e
     where e.type = 'email_engagement' and e.data->>'engagement' = 'replied' and e.source <> '${SOURCE}'
       and e.occurred_at between $2 and $3`,
    [contact, new Date(at - SAME_WITHIN_MS), new Date(at + SAME_WITHIN_MS)],
    "said_before",
  );
  const words = bare(text);
  return rows.some((row) => bare(row.text ?? "") === words);
}

function bare(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** What came back for an e-mail, by HubSpot's telling, into the log: each once. Used by emails.ts and email-events.ts. */
import type { Json } from "../../../events/event.ts";
import { incomingEventOf } from "../../../intake/incoming-event.ts";
import { appendIncoming } from "../../../intake/ingest.ts";
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

export const SOURCE = "hubspot:emails";
/** Events in one transaction: a form behind them does not wait long. */
const AT_ONCE = 200;

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
      return incomingEventOf({ type: "email_engagement", data, occurredAt, ...about }, catalogue, clock.now());
    });
  if (arrivals.length === 0) return 0;
  const recorded = await db.transaction((tx) => appendIncoming(tx, wakeUps, arrivals));
  return recorded.filter(({ isDuplicate }) => !isDuplicate).length;
}

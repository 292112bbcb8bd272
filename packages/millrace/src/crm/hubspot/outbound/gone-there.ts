/**
 * A write that HubSpot answers with "there is no such record" says what a lost webhook did not: someone deleted the
 * contact there. From then on nothing is written to it, and it is not made anew; the log is told once. Called by sync.ts.
 */
import type { Database } from "../../../db/database.ts";
import type { WakeUps } from "../../../db/wake.ts";
import { lockLog } from "../../../events/log-lock.ts";
import { appendIncoming } from "../../../intake/ingest.ts";
import { type CrmRecord, noteDeleted } from "../../records.ts";

export async function reportGone(
  { db, wakeUps }: { readonly db: Database; readonly wakeUps: WakeUps },
  records: readonly CrmRecord[],
  now: number,
): Promise<void> {
  if (records.length === 0) return;
  await db.transaction(async (tx) => {
    await lockLog(tx);
    const news = await noteDeleted(tx, records, now);
    if (news.length === 0) return;
    const arrivals = news.map(({ contact, hubspotId }) => ({
      type: "contact_deleted",
      data: JSON.stringify({ externalIds: { hubspot: hubspotId }, system: "hubspot" }),
      contact: { id: contact },
      source: "hubspot",
      id: null,
      occurredAt: now,
      actor: "hubspot",
    }));
    await appendIncoming(tx, wakeUps, arrivals);
  });
  wakeUps.local("events");
}

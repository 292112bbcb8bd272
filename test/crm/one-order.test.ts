/** What HubSpot says and what is written to it are noted about the same contacts at the same time, in whatever order they came. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { it } from "node:test";
import { saveSnapshot, saveSnapshotOf } from "../../packages/millrace/src/crm/hubspot/inbound/incoming-rows.ts";
import { noteActivities, noteDeleted, noteOptIns, saveCrmRecords } from "../../packages/millrace/src/crm/records.ts";
import { testEngine } from "../factories/engine.ts";

/** As they come from a search of HubSpot's. */
function newcomers(ids: readonly string[]) {
  return ids.map((id) => ({
    theirs: { id, createdAt: 0, updatedAt: 0, properties: {} },
    values: new Map([["email", `${id}@acme.example`]]),
  }));
}

const contactsOf = (rows: readonly { readonly contact: string }[]) => rows.map(({ contact }) => contact);
const activitiesOf = (contacts: readonly string[]) => contacts.map((contact) => ({ contact, logged: 1, isOut: false }));

/**
 * Two that insert the same record in the same instant: PostgreSQL may refuse one by the second unique index, whatever ON CONFLICT says of
 * the first. Who is refused tries again, as its callers do.
 */
async function noted(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "23505") throw error;
    }
  }
}

it("neither waits for the other in a circle", { timeout: 120_000 }, async () => {
  await using test = await testEngine({ pack: false });
  const { db } = test.engine;
  const now = test.clock.now();
  for (let round = 0; round < 12; round++) {
    const contacts = Array.from({ length: 400 }, (_, i) => ({ contact: randomUUID(), hubspotId: `${round}-${i}` }));
    const backwards = contacts.toReversed();
    const heard = (rows: typeof contacts) => rows.map((row) => ({ ...row, heard: {}, theirs: {} }));
    const written = (rows: typeof contacts) => rows.map((row) => ({ ...row, written: {}, position: round + 1 }));
    await Promise.all(
      [
        () => db.transaction((tx) => saveSnapshot(tx, heard(contacts))),
        () => db.transaction((tx) => saveCrmRecords(tx, written(backwards), now)),
        () => db.transaction((tx) => noteDeleted(tx, contacts.slice(100, 300), now)),
        () => noteOptIns(db, contactsOf(contacts)),
        () => saveSnapshotOf(db, newcomers(backwards.map(({ hubspotId }) => hubspotId))),
        () => noteActivities(db, activitiesOf(contactsOf(backwards))),
      ].map(noted),
    );
  }
  const [row] = await db.query<{ rows: number }>("select count(*)::int as rows from crm_records");
  assert.equal(row?.rows, 12 * 400);
});

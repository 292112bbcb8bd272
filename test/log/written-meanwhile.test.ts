/** What another transaction writes of a contact while its events are decided is no event's fault: they are decided anew. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { newContact } from "../../packages/millrace/src/contacts/contact.ts";
import { saveContacts } from "../../packages/millrace/src/contacts/store.ts";
import { lockLog } from "../../packages/millrace/src/events/log.ts";
import { openEngine } from "../../packages/millrace/src/open-engine.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { someoneWaitsForTheLog } from "../factories/log-lock.ts";

it("a contact that is there when its first event is written, as an erasure leaves it, sets nothing aside", async () => {
  await using appending = await testEngine({}, { roles: ["worker"] });
  const { db } = appending.engine;
  const [form] = await appending.engine.append([formSubmitted()]);
  const contact = newContact(form?.contact ?? "", appending.clock.now());
  const errors: unknown[] = [];
  const { opening } = await db.transaction(async (tx) => {
    await lockLog(tx);
    const opening = openEngine(
      { databaseUrl: appending.url, engine: { sweepMs: 50 } },
      { roles: ["engine"], clock: appending.clock, onError: (error) => errors.push(error) },
    );
    await someoneWaitsForTheLog(db);
    await saveContacts(tx, [{ contact, position: 0 }]);
    return { opening };
  });
  const engine = await opening;
  try {
    await engine.idle();
    const [seen] = await db.query(
      "select (select count(*) from dead_letters) as aside, count(*) as contacts from contacts",
    );
    assert.deepEqual(seen, { aside: 0, contacts: 1 });
    const decided = await db.query("select workflow from decisions where event = $1", [form?.position]);
    assert.ok(decided.length > 0);
    assert.deepEqual(errors, []);
  } finally {
    await engine.stop();
  }
});

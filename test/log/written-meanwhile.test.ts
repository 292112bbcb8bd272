/** What another transaction writes of a contact while its events are decided is no event's fault: they are decided anew. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Contact, newContact } from "../../packages/millrace/src/contacts/contact.ts";
import { foldContact } from "../../packages/millrace/src/contacts/fold.ts";
import { saveContacts } from "../../packages/millrace/src/contacts/store.ts";
import { RUNNER_SUBSCRIPTION } from "../../packages/millrace/src/decider/cursor.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import type { RecordedEvent } from "../../packages/millrace/src/events/event.ts";
import { EVENT_COLUMNS } from "../../packages/millrace/src/events/log.ts";
import { lockLog } from "../../packages/millrace/src/events/log-lock.ts";
import { moveCursor } from "../../packages/millrace/src/events/subscription.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { someoneWaitsForTheLog } from "../factories/log-lock.ts";

const ADDRESS = "ada@acme-systems.example";

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

it("a result decided on a contact with an event that waits does not write over what the runner makes of that event", async () => {
  const gate = Promise.withResolvers<void>();
  const scores = does("lead_qualifier", "qualify_lead", async ({ id }) => {
    await gate.promise;
    const data = { score: 60, band: "nurture", rubric: "points@1", reasons: [], task: id };
    return { outcome: "completed", events: [{ type: "contact_scored", data }] };
  });
  const workflows = [workflow("asks", {}, [on("form_submitted", task("qualify_lead"))])];
  await using worker = await testEngine({ agents: [scores], workflows, pack: false }, { roles: ["worker"] });
  const { db } = worker.engine;
  const leading = async () =>
    openEngine(
      { databaseUrl: worker.url, agents: [scores], workflows, pack: false },
      { roles: ["engine"], clock: worker.clock, onError: (error) => assert.ifError(error) },
    );
  const [form] = await worker.engine.append([formSubmitted({ email: ADDRESS })]);
  const first = await leading();
  while ((await db.query("select 1 from tasks where state = 'IN_PROGRESS'")).length === 0) await sleep(5);
  await first.stop();
  // No process leads: this waits to be decided.
  const [updated] = await worker.engine.append([
    { type: "contact_updated", data: { email: ADDRESS, changes: { jobtitle: { from: null, to: "CTO" } } } },
  ]);
  await db.transaction(async (tx) => {
    await lockLog(tx);
    gate.resolve();
    // The worker has decided its result, on the contact as it is, and waits to write it.
    await someoneWaitsForTheLog(db);
    // What a runner does with the event that waits.
    const [row] = await tx.query<{ properties: Contact["properties"]; facts: Contact["facts"] }>(
      "select properties, facts from contacts where id = $1",
      [form?.contact],
    );
    const [event] = await tx.query<RecordedEvent>(`select ${EVENT_COLUMNS} from events_at($1)`, [updated?.position]);
    assert.ok(row !== undefined && event !== undefined && typeof form?.contact === "string");
    const contact = foldContact({ id: form.contact, ...row }, event);
    await saveContacts(tx, [{ contact, position: event.position }]);
    await moveCursor(tx, RUNNER_SUBSCRIPTION, event.position);
  });
  const next = await leading();
  await worker.engine.idle();
  await next.idle();
  await next.stop();
  const [seen] = await db.query<{ title: string; score: number }>(
    "select properties->>'jobtitle' as title, (properties->>'lead_score')::int as score from contacts where id = $1",
    [form?.contact],
  );
  assert.deepEqual(seen, { title: "CTO", score: 60 });
});

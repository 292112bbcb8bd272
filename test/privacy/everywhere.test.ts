/** An erased person is nowhere: not in any column of any table, whatever the flows have made of them (I31). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hashContacts, rebuildContacts } from "../../packages/millrace/src/contacts/store.ts";
import { setAside } from "../../packages/millrace/src/crm/hubspot/inbound/incoming-rows.ts";
import { actorOf } from "../../packages/millrace/src/events/actor.ts";
import { newestPosition } from "../../packages/millrace/src/events/log.ts";
import { explainEvent } from "../../packages/millrace/src/queries/rows/why.ts";
import { cancelByPerson, claimForPerson } from "../../packages/millrace/src/tasks/people.ts";
import { on, schedule, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { type CrmIn, crmIn } from "../crm-in/crm-in.fixture.ts";
import { does } from "../factories/agents.ts";
import { ADDRESS, CANARY, FIELDS, keyFolder, whereIs } from "./erasure.fixture.ts";

const PUBLIC = "https://mail.acme.example";
const kinds = {
  ring: { about: "Ring somebody.", priority: "LOW", dueIn: "1h", doneBy: "ringer", retries: 0 },
} as const;

/** Leaves something in the places the pack does not: an agent's error, a timer, a task of the operator's own, a dead letter. */
const more = workflow("more", {}, [
  on(
    "form_submitted",
    task("ring" as "qualify_lead", { payload: ({ event }) => ({ say: String(event.data.fields.message) }) }),
    schedule("email_not_engaged", {
      after: "72h",
      key: "later",
      data: ({ event }) => ({ template: String(event.data.fields.company) }),
    }),
  ),
]);

async function withEverything(folder: string): Promise<{ crm: CrmIn; contact: string; hubspotId: string }> {
  const ringer = does("ringer", "ring", ({ contact }) => ({
    outcome: "failed",
    error: `the line of ${contact?.properties.company} is dead`,
    retry: "never",
  }));
  const crm = await crmIn({
    config: {
      dataFolder: folder,
      gateway: { publicUrl: PUBLIC },
      tasks: kinds,
      agents: [ringer],
      workflows: [more],
      monitor: { errorRate: 0.0001 },
    },
  });
  const { engine, clock } = crm.test;
  const { db } = engine;
  await engine.subscribe({
    name: "fussy",
    attempts: 1,
    take: async (events) => {
      const bad = events.find(({ type }) => type === "form_submitted");
      if (bad !== undefined) throw new Error(`cannot take ${JSON.stringify(bad.data)}`);
    },
  });
  const hubspotId = await crm.make({ email: ADDRESS, firstname: FIELDS.firstname, company: FIELDS.company });
  await crm.settle();
  const [form] = await engine.append([
    {
      type: "form_submitted",
      source: `form:${CANARY}`,
      id: `${CANARY}-1`,
      actor: CANARY,
      data: { form: "demo", fields: FIELDS, context: { page: `https://acme.example/${CANARY}` } },
    },
  ]);
  const contact = form?.contact ?? "";
  await crm.settle();
  clock.advance(60_000);
  await crm.edit(hubspotId, { jobtitle: `CEO of ${CANARY}` });
  await crm.settle();
  // A letter of theirs that answers ours, a click, a bounce of an odd one.
  const [letter] = await db.query<{ messageId: string }>(
    `select message_id as "messageId" from emails where contact = $1 and message_id is not null order by id limit 1`,
    [contact],
  );
  const mail = (id: string, answers: string, text: string) =>
    Buffer.from(
      `From: ${CANARY} <${ADDRESS}>\r\nMessage-ID: <${id}@${CANARY}.example>\r\nSubject: Re: ${CANARY}\r\nIn-Reply-To: ${answers}\r\n\r\n${text} ${CANARY}\r\n`,
    );
  await engine.mail.take(mail("1", letter?.messageId ?? "", "Yes, I am interested, please call me."));
  await crm.settle();
  await engine.append([
    { type: "email_clicked", data: { email: ADDRESS, url: `https://acme.example/?who=${CANARY}` } },
    {
      type: "customer_purchased",
      source: "shop",
      id: `${CANARY}-2`,
      data: { email: ADDRESS, product: `Plan ${CANARY}` },
    },
  ]);
  await crm.settle();
  // A person has one of the tasks in hand, and has called off another.
  const [held, other] = await db.query<{ id: number }>(
    "select id from tasks where contact = $1 and state = 'WAITING' and not_before is null order by id limit 2",
    [contact],
  );
  assert.ok(held && other, "two tasks of a person are open");
  await db.transaction((tx) => cancelByPerson(tx, other.id, actorOf("ada"), `${CANARY} called`, clock.now()));
  await db.transaction((tx) => claimForPerson(tx, held.id, actorOf("ada"), clock.now()));
  // What waits elsewhere.
  await db.query(
    "insert into bulk_events (source, type, data, contact, occurred_at, actor, error) values ('x', 'contact_updated', $1, $2, now(), 'api', 'refused')",
    [JSON.stringify({ email: ADDRESS, changes: {} }), JSON.stringify({ email: ADDRESS })],
  );
  await setAside(
    db,
    [
      { error: "unreadable", raw: `{"objectId":${hubspotId},"propertyValue":"${CANARY}"}` },
      { error: "no", raw: `[${ADDRESS}` },
    ],
    clock.now(),
  );
  // What a model was asked of them, and a step of a task; once about them, once about no contact.
  for (const [i, who] of [contact, null].entries()) {
    const words = JSON.stringify({ said: `${CANARY} ${ADDRESS}` });
    await db.query(
      `insert into model_calls (task, step, contact, agent, prompt, model, request_hash, request, state, answer, error, reserved_usd, cost_usd, asked_at)
       values ($1, 'read', $2, 'reply_classifier', 'p@1', 'm', 'h', $3::text::json, 'answered', $3::text::json, $3, 1, 0.5, now())`,
      [4_711 + i, who, words],
    );
    await db.query(
      "insert into task_steps (task, name, contact, is_done, result) values ($1, 'read', $2, true, $3::text::json)",
      [4_711 + i, who, words],
    );
  }
  await engine.append([
    { type: "mcp_tool_failed", data: { agent: "data_enricher", tool: "browser", error: `no page for ${ADDRESS}` } },
  ]);
  await crm.settle();
  clock.advance(60_000);
  await engine.monitor?.turnNow();
  await crm.settle();
  await engine.caughtUp();
  return { crm, contact, hubspotId };
}

/** Places in which the canary must stand before, so that finding nothing afterwards says something. */
const PLACES = [
  "alerts.title",
  "bulk_events.data",
  "contact_identities.value",
  "contacts.properties",
  "crm_heard.heard",
  "crm_records.written",
  "crm_set_aside.raw",
  "dead_letters.error",
  "emails.body",
  "emails.recipient",
  "health_alerts.data",
  "inbound_mail.message_id",
  "inbound_mail.sender",
  "model_calls.answer",
  "model_calls.error",
  "model_calls.request",
  "task_steps.result",
  "scheduled_events.data",
  "settlements.events",
  "settlements.tasks",
  "single_events.actor",
  "single_events.data",
  "single_events.id",
  "single_events.source",
  "single_finished_tasks.error",
  "single_finished_tasks.payload",
];

describe("an erased person", () => {
  it("stands in no column of any table, and their history is still explained step by step", async () => {
    await using folder = await keyFolder();
    const { crm, contact } = await withEverything(folder.path);
    await using _ = crm;
    const { engine } = crm.test;
    const { db } = engine;
    const before = await whereIs(db, CANARY);
    assert.deepEqual(
      PLACES.filter((place) => !before.includes(place)),
      [],
      `the canary is only in ${before.join(", ")}`,
    );
    const shape = "select position, cause, root, depth, contact from events order by position";
    const chain = await db.query(shape);
    const [thanked] = await db.query<{ position: number }>(
      "select position from events where type = 'email_sent' and contact = $1 limit 1",
      [contact],
    );

    const erased = await engine.actions.eraseContact({ contact: contact }, { by: "person:ada" });

    assert.equal(erased.wasErased, false);
    assert.deepEqual(await whereIs(db, CANARY), []);
    await crm.settle();
    assert.deepEqual(await whereIs(db, CANARY), [], "nor does it come back");
    assert.deepEqual((await db.query(shape)).slice(0, chain.length), chain);
    const why = await explainEvent(db, thanked?.position ?? 0);
    assert.deepEqual(
      why.chain.map(({ event: { type, data } }) => [type, data]),
      [
        ["event_erased", { was: "form_submitted" }],
        ["event_erased", { was: "email_sent" }],
      ],
    );
    const [fact] = await crm.events("contact_erased");
    assert.deepEqual([fact?.contact, fact?.actor, fact?.data], [contact, "person:ada", { because: "asked" }]);
    const [left] = await db.query<{ count: number }>("select count(*) as count from tasks where contact = $1", [
      contact,
    ]);
    assert.equal(left?.count, 0);
  });

  it("is gone from places where only trouble leaves something: links, held changes, errors, reasons, refusals", async () => {
    await using folder = await keyFolder();
    const { crm, contact, hubspotId } = await withEverything(folder.path);
    await using _ = crm;
    const { db } = crm.test.engine;
    const [event] = await crm.events("form_submitted");
    const [own] = await db.query<{ id: number }>("select id from finished_tasks where contact = $1 limit 1", [contact]);
    await db.query("update tasks set error = $2, merge_key = merge_key || $2 where contact = $1", [contact, CANARY]);
    await db.query(
      "insert into tracked_links (letter, link, target, contact, message_id, sent_at, pending_machine) values ($2, 1, $2, $1, $2, now(), $2)",
      [contact, CANARY],
    );
    await db.query(
      "insert into crm_waiting (source, event_id, hubspot_id, change, received_at) values ('x', $2, $1, $3, now())",
      [hubspotId, CANARY, JSON.stringify({ value: CANARY })],
    );
    await db.query("insert into crm_tasks (task, shown, refused, is_open) values ($1, $2, $2, false)", [
      own?.id,
      CANARY,
    ]);
    await db.query(
      "insert into dead_letters (subscription, event, error, attempts, resolution) values ('other', $1, $2, 1, $2)",
      [event?.position, CANARY],
    );
    await db.query("insert into component_health values ('other', false, $1, now(), now())", [
      `cannot reach ${ADDRESS}`,
    ]);
    await db.query("insert into agent_circuits (agent, reason) values ('other', $1)", [`failed for ${ADDRESS}`]);
    await db.query("insert into webhook_subscribers (name, last_error) values ('other', $1)", [`400: ${ADDRESS}`]);
    await db.query(
      `insert into scheduled_events (key, due_at, type, data, contact, cause, root) values ($2, now() + interval '1 day', 'x', '{}', $1, 1, 1),
         ($3, now() + interval '1 day', 'x', $4, null, 1, 1)`,
      [contact, CANARY, "nobody's", JSON.stringify({ to: ADDRESS })],
    );
    await db.query(
      "insert into alerts (once_key, created_at, audience, name, title, body) values ('x', now(), 'admin', 'x', $1, $1)",
      [`About ${ADDRESS}`],
    );
    await db.query(
      "insert into emails (once_key, contact, created_at, state, template, recipient, subject, body) values ('x', gen_random_uuid(), now(), 'sent', 'x', $1, 'x', 'x')",
      [ADDRESS],
    );
    await db.query("update emails set thread = $2, reason = $2, subject = $2 where contact = $1", [contact, CANARY]);
    const before = await whereIs(db, CANARY);
    const filled = [
      "tasks.error",
      "tasks.merge_key",
      "tracked_links.target",
      "crm_waiting.change",
      "crm_tasks.refused",
      "dead_letters.resolution",
      "component_health.detail",
      "agent_circuits.reason",
      "webhook_subscribers.last_error",
      "scheduled_events.key",
      "emails.thread",
    ];
    assert.deepEqual(
      filled.filter((place) => !before.includes(place)),
      [],
    );
    await crm.test.engine.actions.eraseContact({ contact: contact }, { by: "person:ada" });
    assert.deepEqual(await whereIs(db, CANARY), []);
  });

  it("is the same erased contact when all contacts are folded again, and analytics are built anew without them", async () => {
    await using folder = await keyFolder();
    const { crm, contact } = await withEverything(folder.path);
    await using _ = crm;
    const { engine } = crm.test;
    await engine.append([{ type: "form_submitted", data: { form: "demo", fields: { email: "bob@acme.example" } } }]);
    await crm.settle();
    await engine.actions.eraseContact({ contact: contact }, { by: "person:ada" });
    await crm.settle();
    await engine.caughtUp();
    const analysed = () => engine.db.query("select * from analytics_leads order by contact");
    const [hash, leads] = [await hashContacts(engine.db), await analysed()];
    assert.equal(leads.length, 1);
    await engine.db.transaction(async (tx) => rebuildContacts(tx, await newestPosition(tx)));
    assert.equal(await hashContacts(engine.db), hash);
    await engine.actions.rebuildConsumer({ consumer: "analytics" }, { by: "ada" });
    await engine.caughtUp();
    assert.deepEqual(await analysed(), leads);
    const replayed = await engine.actions.replayEvent(
      { position: (await crm.events("event_erased"))[0]?.position ?? 0, dryRun: false },
      { by: "ada" },
    );
    assert.deepEqual([replayed.decisions, replayed.errors], [[], []]);
  });

  it("is not found to be gone by a search that finds nothing anyway: who was not erased is all there", async () => {
    await using folder = await keyFolder();
    const { crm, contact } = await withEverything(folder.path);
    await using _ = crm;
    const other = await crm.test.engine.append([
      {
        type: "form_submitted",
        data: { form: "demo", fields: { email: "bob@acme.example", firstname: "Bob6d2c", company: "Bob6d2c Ltd" } },
      },
    ]);
    await crm.settle();
    // Lists are written a moment behind.
    await crm.test.engine.queries.contacts({ q: "bob6d2c" });
    const before = await whereIs(crm.test.engine.db, "bob6d2c");
    await crm.test.engine.actions.eraseContact({ contact: contact }, { by: "person:ada" });
    assert.notEqual(other[0]?.contact, contact);
    assert.ok(before.includes("single_events.data") && before.includes("contacts.properties"));
    assert.deepEqual(await whereIs(crm.test.engine.db, "bob6d2c"), before);
  });
});

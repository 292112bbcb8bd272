/**
 * What comes in while nothing else waits is decided before it is written, and is one transaction with all it leads to.
 * Whatever comes in between, nothing is lost, nothing happens twice, and the log tells the same as if it had been decided later.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { Database, Tx } from "../../packages/millrace/src/db/database.ts";
import { WakeUps } from "../../packages/millrace/src/db/wake.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { EVENT_COLUMNS } from "../../packages/millrace/src/events/log.ts";
import { lockLog } from "../../packages/millrace/src/events/log-lock.ts";
import { insertEvents, reservePositions } from "../../packages/millrace/src/events/log-writer.ts";
import { event, type MillraceConfig, type NewEvent, pureAgent } from "../../packages/millrace/src/index.ts";
import { Ingest } from "../../packages/millrace/src/intake/ingest.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { someoneWaitsForTheLog } from "../factories/log-lock.ts";

describe("a form that comes in while nothing waits to be decided", () => {
  it("is one transaction with everything it leads to", async () => {
    await using test = await testEngine();
    // Until its runner has found out that it leads, it appends what comes in for whoever does.
    await test.engine.idle();
    const [form] = await test.engine.append([formSubmitted({ jobtitle: "CTO", employees: 900 })]);
    const { transactions, events } = await transactionsOf(test.engine.db, form?.position ?? 0);
    assert.equal(transactions, 1);
    assert.ok(events >= 3, `${events} events followed from it by the time it was answered`);
    assert.deepEqual(test.errors, []);
  });

  it("leads to the same as one that is decided after it was appended", async () => {
    const rounds = [
      [
        formSubmitted({ email: "ada@acme.example", jobtitle: "CTO", employees: 900 }),
        formSubmitted({ email: "bob@acme.example", jobtitle: "Student" }),
        formSubmitted({ email: "ada@acme.example", message: "once more" }),
        { type: "email_opened", data: { email: "eve@acme.example" } },
      ],
      [
        formSubmitted({ email: "bob@acme.example", jobtitle: "VP Sales", employees: 50 }),
        formSubmitted({ email: "cy@acme.example" }, "newsletter"),
      ],
    ] satisfies NewEvent[][];
    // No worker: what agents do in between comes at its own time.
    await using atOnce = await testEngine({}, { roles: ["engine"] });
    await using later = await testEngine({}, { roles: ["engine"] });
    const appended = withoutRunner(later);
    let last = 0;
    for (const events of rounds) {
      last = (await atOnce.engine.append(events)).at(-1)?.position ?? 0;
      await allDecided(atOnce.engine.db);
      await appended.append(events);
      await allDecided(later.engine.db);
    }
    assert.equal((await transactionsOf(atOnce.engine.db, last)).transactions, 1);
    assert.equal((await transactionsOf(later.engine.db, last)).transactions, 2);
    const told = await history(atOnce.engine.db);
    assert.ok(told.events.length > 20, `${told.events.length} events`);
    assert.deepEqual(told, await history(later.engine.db));
  });

  it("leads each of many people to the same, also where they are decided part by part and met in several parts", async () => {
    const forms = Array.from({ length: 90 }, (_, i) =>
      formSubmitted({ email: `p${i % 70}@acme.example`, jobtitle: i % 3 === 0 ? "CTO" : "Student", employees: i * 20 }),
    );
    await using atOnce = await testEngine({}, { roles: ["engine"] });
    await using later = await testEngine({}, { roles: ["engine"] });
    await atOnce.engine.idle();
    const [form] = await atOnce.engine.append(forms);
    await allDecided(atOnce.engine.db);
    await withoutRunner(later).append(forms);
    await allDecided(later.engine.db);
    assert.equal((await transactionsOf(atOnce.engine.db, form?.position ?? 0)).transactions, 1);
    const told = await historyByPerson(atOnce.engine.db);
    assert.ok((told.events?.length ?? 0) > 400, `${told.events?.length} events`);
    assert.deepEqual(told, await historyByPerson(later.engine.db));
    const [gaps] = await atOnce.engine.db.query(
      "select count(distinct position) = max(position) as none, bool_and(cause < position) as ordered from events",
    );
    assert.deepEqual(gaps, { none: true, ordered: true });
  });

  it("leads to the end where agents tell of people whose forms are decided in another part", async () => {
    const people = Array.from({ length: 40 }, (_, i) => ({ email: `p${i}@acme.example` }));
    const ids: (string | null)[] = [];
    const teller = pureAgent({
      name: "teller",
      kinds: ["qualify_lead"],
      run: (tasks) =>
        tasks.map(({ contact }) => {
          const other = ids[ids.length - 1 - ids.indexOf(contact?.id ?? null)] ?? "";
          return { outcome: "completed", events: [{ type: "told", data: {}, contact: { id: other } }] };
        }),
    });
    await using test = await testEngine({
      pack: false,
      agents: [teller],
      events: { told: event({ about: "Somebody was told of.", data: z.strictObject({}) }) },
      workflows: [
        workflow("asks", {}, [on("form_submitted", task("qualify_lead"))]),
        workflow("hears", {}, [on("told" as "lead_score_updated", task("manual_review", { mergeKey: "heard" }))]),
      ],
    });
    const met = await test.engine.append(people.map((person) => ({ type: "email_opened", data: person })));
    ids.push(...met.map(({ contact }) => contact));
    await test.engine.idle();
    const [form] = await test.engine.append(people.map((person) => formSubmitted(person)));
    assert.equal((await transactionsOf(test.engine.db, form?.position ?? 0)).transactions, 1);
    await test.engine.idle();
    const [counts] = await test.engine.db.query(
      `select (select count(*) from events where type = 'told') as told,
              (select count(*) from tasks where kind = 'manual_review') as heard,
              (select count(distinct position) = max(position) from events) as gapless,
              (select bool_and(cause < position) from events) as ordered`,
    );
    assert.deepEqual(counts, { told: 40, heard: 40, gapless: true, ordered: true });
    assert.deepEqual(test.errors, []);
  });

  it("is decided once, also when many come at the same moment and several are of one person", async () => {
    await using test = await testEngine({ engine: { batchSize: 20 } });
    const forms = Array.from({ length: 130 }, (_, i) => formSubmitted({ email: `p${i % 70}@acme.example` }));
    await Promise.all(forms.map((form) => test.engine.append([form])));
    await test.engine.idle();
    const [counts] = await test.engine.db.query<{ forms: number; decided: number; contacts: number }>(
      `select (select count(*) from single_events where type = 'form_submitted') as forms,
              (select count(distinct d.event) from decisions d join single_events e on e.position = d.event and e.type = 'form_submitted') as decided,
              (select count(*) from contacts) as contacts`,
    );
    assert.deepEqual(counts, { forms: 130, decided: 130, contacts: 70 });
    const [created] = await test.engine.db.query("select count(*) as count from events where type = 'contact_created'");
    assert.deepEqual(created, { count: 70 });
    assert.deepEqual(test.errors, []);
  });
});

describe("groups of forms that come in one behind the other", () => {
  const BATCH = 3;
  const emailsOf = (number: number) => Array.from({ length: BATCH }, (_, i) => `p${number}.${i}@acme.example`);

  /** Three groups, two of which wait for the log together while somebody else holds it and does his work. */
  async function threeBehind(test: TestEngine, work: (tx: Tx) => Promise<void>): Promise<number[]> {
    await test.engine.append([formSubmitted({ email: "first@acme.example" })]);
    await test.engine.idle();
    let appending: Promise<(readonly { position: number }[])[]> = Promise.resolve([]);
    await test.engine.db.transaction(async (tx) => {
      await lockLog(tx);
      appending = Promise.all(
        [1, 2, 3].map((number) => test.engine.append(emailsOf(number).map((email) => formSubmitted({ email })))),
      );
      await someoneWaitsForTheLog(test.engine.db, 2);
      await work(tx);
    });
    return (await appending).flatMap((appended) => appended.map(({ position }) => position));
  }

  async function emailsInOrder(db: Database): Promise<unknown[]> {
    const forms = await db.query<{ email: string }>(
      "select data->'fields'->>'email' as email from single_events where type = 'form_submitted' order by position offset 1",
    );
    return forms.map(({ email }) => email);
  }

  const allEmails = [1, 2, 3].flatMap(emailsOf);

  it("are a transaction each, sent without waiting for the one before, and stand in the log in their order", async () => {
    await using test = await testEngine({ engine: { batchSize: BATCH } }, { roles: ["engine"] });
    const positions = await threeBehind(test, async () => {});
    for (const first of [0, BATCH, 2 * BATCH]) {
      assert.equal((await transactionsOf(test.engine.db, positions[first] ?? 0)).transactions, 1);
    }
    assert.deepEqual(await emailsInOrder(test.engine.db), allEmails);
    const [gaps] = await test.engine.db.query("select count(distinct position) = max(position) as none from events");
    assert.deepEqual(gaps, { none: true });
    assert.deepEqual(test.errors, []);
  });

  it("are all decided later, each once, where the log grew before the first of them was written", async () => {
    await using test = await testEngine({ engine: { batchSize: BATCH } }, { roles: ["engine"] });
    const positions = await threeBehind(test, async (tx) => {
      const { first: position } = await reservePositions(tx, 1);
      const [someone] = await tx.query<{ id: string }>("select id from contacts");
      await insertEvents(tx, [opened(position, someone?.id ?? "")]);
    });
    await allDecided(test.engine.db);
    assert.equal((await transactionsOf(test.engine.db, positions[0] ?? 0)).transactions, 2);
    assert.deepEqual(await emailsInOrder(test.engine.db), allEmails);
    const [counts] = await test.engine.db.query(
      `select (select count(*) from contacts) as contacts, (select count(*) from events where type = 'contact_scored') as scored,
              (select count(*) from events where type = 'contact_created') as created`,
    );
    assert.deepEqual(counts, { contacts: 10, scored: 10, created: 10 });
    assert.deepEqual(test.errors, []);
  });
});

describe("a form that comes in", () => {
  it("is decided behind an event that was appended while it waited for the log", async () => {
    await using test = await testEngine();
    const email = "ada@acme.example";
    const [first] = await test.engine.append([formSubmitted({ email })]);
    await test.engine.idle();
    const second = await whileLocked(test, [formSubmitted({ email, jobtitle: "CTO" })], async (tx) => {
      const { first: position } = await reservePositions(tx, 1);
      await insertEvents(tx, [opened(position, first?.contact ?? "")]);
    });
    await test.engine.idle();
    const types = await test.engine.db.query<{ type: string; position: number }>(
      "select type, position from single_events where type in ('form_submitted', 'email_opened') order by position",
    );
    assert.deepEqual(
      types.map(({ type }) => type),
      ["form_submitted", "email_opened", "form_submitted"],
    );
    assert.equal(types.at(-1)?.position, second.position);
    assert.equal(await undecided(test.engine.db), 0);
    const { transactions } = await transactionsOf(test.engine.db, second.position);
    assert.equal(transactions, 2);
    assert.deepEqual(test.errors, []);
  });

  it("is appended at once, and decided by the process that leads, where another one does", async () => {
    await using test = await testEngine();
    const worker = await openEngine({ databaseUrl: test.url }, { roles: ["worker"], clock: test.clock });
    try {
      const [form] = await worker.append([formSubmitted()]);
      await test.engine.idle();
      const { transactions } = await transactionsOf(test.engine.db, form?.position ?? 0);
      assert.equal(transactions, 2);
      assert.equal(await undecided(test.engine.db), 0);
    } finally {
      await worker.stop();
    }
  });

  it("is not lost when a workflow of its own cannot be decided: it is set aside with its reason, the others are decided", async () => {
    await using test = await testEngine(brokenFor("bad@acme.example"));
    const emails = ["good@acme.example", "bad@acme.example", "fine@acme.example"];
    const appended = await test.engine.append(emails.map((email) => formSubmitted({ email })));
    await test.engine.idle();
    assert.equal(appended.length, 3);
    const letters = await test.engine.db.query("select subscription, event from dead_letters");
    assert.deepEqual(letters, [{ subscription: "workflow:broken", event: appended[1]?.position }]);
    const [asked] = await test.engine.db.query("select count(*) as count from tasks where kind = 'manual_review'");
    assert.deepEqual(asked, { count: 3 });
  });

  it("that is sent twice under one id at the same moment is one event", async () => {
    await using test = await testEngine({ pack: false });
    const form = formSubmitted({}, "demo", "once");
    const [[a], [b]] = await Promise.all([test.engine.append([form]), test.engine.append([form])]);
    assert.equal(a?.position, b?.position);
    assert.deepEqual([a?.isDuplicate, b?.isDuplicate].sort(), [false, true]);
  });
});

/** From the event on, what belongs to it by its root: in how many transactions was it written, and how many events. */
async function transactionsOf(db: Database, root: number): Promise<{ transactions: number; events: number }> {
  const [row] = await db.query<{ transactions: number; events: number }>(
    `select count(distinct x) as transactions, sum(n)::int as events
     from (select xmin::text as x, 0 as n from single_events where position = $1
           union all select * from (select s.xmin::text, cardinality(types) from settlements s join single_events e using (contact)
                                    where e.position = $1 and s.first > $1 order by s.first limit 1) behind) written`,
    [root],
  );
  return row ?? { transactions: 0, events: 0 };
}

async function allDecided(db: Database): Promise<void> {
  while ((await undecided(db)) > 0) await setTimeout(10);
}

async function undecided(db: Database): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from single_events where not settled
       and position > (select position from subscriptions where name = 'workflows')`,
  );
  return row?.count ?? -1;
}

/** The way in of a process that has no runner, on the database of one that has. */
function withoutRunner({ engine, clock }: TestEngine): Ingest {
  return new Ingest(engine.db, new WakeUps(), engine.events, clock);
}

/** Everything the log, the workflows and the agents have told, contacts in the order in which they were met. */
async function history(db: Database): Promise<Record<"events", object[]> & Record<string, object[]>> {
  const all = {
    events: await db.query(`select ${EVENT_COLUMNS} from events order by position`),
    decisions: await db.query(
      "select event, workflow, contact, branch, outcomes, because from decisions order by event, workflow",
    ),
    tasks: await db.query(
      "select id, contact, kind, merge_key, state, causes, root, depth, payload from tasks order by id",
    ),
    finished: await db.query(
      "select id, contact, kind, merge_key, state, causes, payload, result from finished_tasks order by id",
    ),
    emails: await db.query("select once_key, contact, task, root, state, subject, body from emails order by id"),
    contacts: await db.query("select id, position, properties, facts from contacts order by position"),
    timers: await db.query("select key, due_at, type, contact, cause from scheduled_events order by cause, type"),
  };
  return withoutLots(all);
}

/** Ids of contacts replaced by the order in which they are met, and what else was drawn by lot. */
function withoutLots<Told>(told: Told): Told {
  const met = new Map<string, string>();
  const text = JSON.stringify(told).replace(/<[0-9a-f]{32}@localhost>/g, "<drawn by lot>");
  const named = text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    if (!met.has(id)) met.set(id, `contact ${met.size}`);
    return met.get(id) ?? "";
  });
  return JSON.parse(named);
}

/** The same of each person, whoever came first in between: without positions and numbers of tasks. */
async function historyByPerson(db: Database): Promise<Record<string, object[]>> {
  const whose = "join contacts c on c.id = contact order by c.properties->>'email'";
  return withoutLots({
    events: await db.query(
      `select c.properties->>'email' as email, type, root, depth, actor, (data::jsonb - 'task')::text as data from events e ${whose}, e.position`,
    ),
    decisions: await db.query(
      `select c.properties->>'email' as email, workflow, branch, outcomes, because from decisions d ${whose}, d.event, workflow`,
    ),
    tasks: await db.query(
      `select c.properties->>'email' as email, kind, state, root, depth from (select kind, state, root, depth, contact from tasks
         union all select kind, state, root, depth, contact from finished_tasks) t ${whose}, kind, root, state`,
    ),
    emails: await db.query(`select template, state, e.root, subject, body from emails e ${whose}, e.root, template`),
    contacts: await db.query("select properties from contacts order by properties->>'email'"),
  });
}

function opened(position: number, contact: string) {
  const at = Date.now();
  const data = JSON.stringify({ email: "welcome" });
  const type = "email_opened";
  return {
    position,
    type,
    contact,
    data,
    occurredAt: at,
    cause: null,
    root: position,
    depth: 0,
    actor: "api",
    isSettled: false,
  };
}

/** Appends while a transaction holds the log, which then does something of its own before it lets go. */
async function whileLocked(test: TestEngine, events: readonly NewEvent[], work: (tx: Tx) => Promise<void>) {
  let appending: Promise<readonly { position: number }[]> = Promise.resolve([]);
  await test.engine.db.transaction(async (tx) => {
    await lockLog(tx);
    appending = test.engine.append(events);
    await someoneWaitsForTheLog(test.engine.db);
    await work(tx);
  });
  const [appended] = await appending;
  assert.ok(appended);
  return appended;
}

/** One workflow asks for a review of everybody, one cannot take a certain person. */
function brokenFor(email: string): MillraceConfig {
  return {
    pack: false,
    workflows: [
      workflow("reviews", {}, [on("form_submitted", task("manual_review", { mergeKey: "review" }))]),
      workflow("broken", {}, [on("form_submitted", task("human_review", { payload: refusing(email) }))]),
    ],
  };
}

function refusing(email: string): (facts: { event: { data: { fields: { email?: unknown } } } }) => null {
  return ({ event }) => {
    if (event.data.fields.email === email) throw new Error("not this one");
    return null;
  };
}

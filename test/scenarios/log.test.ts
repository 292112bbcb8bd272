/** The log and its readers: who an event is about, consumers with a place of their own, timers, order per contact. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hashContacts, rebuildContacts } from "../../packages/millrace/src/contacts/store.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { newestPosition } from "../../packages/millrace/src/events/log.ts";
import type { Subscription } from "../../packages/millrace/src/events/subscription.ts";
import { on, schedule, unschedule, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";
import { until } from "../factories/until.ts";

const scripted = { agents: [scoresByPoints, findsNothing] };

describe("who an event is about", () => {
  it("the same address in other letters is the same contact", async () => {
    await using test = await testEngine(scripted);
    const [a, b] = await test.engine.append([
      formSubmitted({ email: "Ada@Example.com" }),
      formSubmitted({ email: " ada@EXAMPLE.COM " }),
    ]);
    assert.equal(a?.contact, b?.contact);
  });

  it("an id of another system wins over the address", async () => {
    await using test = await testEngine(scripted);
    const about = (contact: object) => ({ type: "email_opened", data: {}, contact });
    const [first] = await test.engine.append([about({ email: "ada@example.com", externalIds: { hubspot: "101" } })]);
    const [moved] = await test.engine.append([
      about({ email: "ada@new.example.com", externalIds: { hubspot: "101" } }),
    ]);
    assert.equal(moved?.contact, first?.contact);
    const [byNewAddress] = await test.engine.append([about({ email: "ada@new.example.com" })]);
    assert.equal(byNewAddress?.contact, first?.contact, "the new address is known from then on");
  });

  it("a contact first met by another event than a form can be written to: its address is known", async () => {
    await using test = await testEngine(scripted);
    await test.engine.append([
      { type: "email_opened", data: {}, contact: { email: "ada@example.com", externalIds: { hubspot: "101" } } },
    ]);
    await test.engine.idle();
    const [contact] = await test.engine.db.query<{ email: string }>(
      "select properties->>'email' as email from contacts",
    );
    assert.equal(contact?.email, "ada@example.com");
  });

  it("two processes that meet a new address at the same moment agree on the contact", async () => {
    await using test = await testEngine(scripted);
    const other = await openEngine({ databaseUrl: test.url, ...scripted }, { clock: test.clock, roles: [] });
    try {
      const emails = Array.from({ length: 40 }, (_, i) => `lead${i}@shop.example`);
      const both = await Promise.all(
        [test.engine, other].flatMap((engine) => emails.map((email) => engine.append([formSubmitted({ email })]))),
      );
      assert.equal(new Set(both.flat().map((answer) => answer.contact)).size, 40);
      const [row] = await test.engine.db.query<{ count: number }>("select count(*) as count from contact_identities");
      assert.equal(row?.count, 40);
    } finally {
      await other.stop();
    }
  });

  for (const contact of [{ email: "a@b.example, c@d.example" }, { email: "a@b.example\r\nBcc: v@evil.example" }, {}]) {
    it(`refuses ${JSON.stringify(contact)}, and records nothing`, async () => {
      await using test = await testEngine(scripted);
      await assert.rejects(test.engine.append([{ type: "email_opened", data: {}, contact }]), {
        code: "invalid_contact",
      });
      assert.deepEqual((await traceOf(test.engine)).events, []);
    });
  }
});

describe("all or none", () => {
  it("one bad event of a batch refuses the batch, with the nearest name of its type", async () => {
    await using test = await testEngine(scripted);
    await assert.rejects(
      test.engine.append([formSubmitted(), { type: "contact_creatd", data: {} }]),
      /did you mean "contact_created"/i,
    );
    assert.deepEqual((await traceOf(test.engine)).events, []);
  });
});

describe("a consumer of the log", () => {
  async function appendForms(test: TestEngine, from: number, to: number): Promise<void> {
    for (let i = from; i < to; i++)
      await test.engine.append([formSubmitted({ email: `c${i}@example.com` }, "demo", `f${i}`)]);
  }

  it("sees every event once, in order, and goes on where it stopped", async () => {
    await using test = await testEngine({ pack: false });
    const seen: number[] = [];
    const take = async (events: readonly { position: number }[]) =>
      void seen.push(...events.map((event) => event.position));
    await appendForms(test, 0, 5);
    const first = await test.engine.subscribe({ name: "audit", take });
    await until(() => seen.length >= 5);
    await first.stop();
    await appendForms(test, 5, 10);
    await test.engine.subscribe({ name: "audit", take });
    await test.engine.idle();
    await until(() => seen.length >= 20);
    assert.deepEqual(
      seen,
      [...new Set(seen)].sort((a, b) => a - b),
    );
  });

  it("that begins now sees nothing of the past", async () => {
    await using test = await testEngine({ pack: false });
    await appendForms(test, 0, 3);
    await test.engine.idle();
    const seen: string[] = [];
    await test.engine.subscribe({
      name: "tail",
      from: "now",
      take: async (events) => void seen.push(...events.map((event) => event.type)),
    });
    await appendForms(test, 3, 4);
    await until(() => seen.includes("contact_created"));
    assert.equal(count(seen, "form_submitted"), 1);
  });

  it("sets one event it cannot take aside with its error, and takes the rest", async () => {
    await using test = await testEngine({ pack: false });
    const seen: string[] = [];
    let attempts = 0;
    await test.engine.subscribe({
      name: "fussy",
      attempts: 2,
      take: async (events) => {
        const bad = events.find((event) => JSON.stringify(event.data).includes("c2@example.com"));
        if (bad !== undefined && events.length === 1) attempts += 1;
        if (bad !== undefined) throw new Error("cannot take this one");
        seen.push(...events.map((event) => event.type));
      },
    });
    await appendForms(test, 0, 5);
    await test.engine.idle();
    await until(() => count(seen, "form_submitted") === 4);
    assert.ok(attempts >= 2, "tried again before it was set aside");
    const letters = await test.engine.db.query("select subscription, error, attempts from dead_letters");
    assert.deepEqual(letters, [{ subscription: "fussy", error: "cannot take this one", attempts: 2 }]);
  });

  it("that hangs delays neither the engine nor another consumer", async () => {
    await using test = await testEngine(scripted);
    const release = Promise.withResolvers<void>();
    const hanging: Subscription = await test.engine.subscribe({ name: "hangs", take: () => release.promise });
    const seen: string[] = [];
    await test.engine.subscribe({
      name: "quick",
      take: async (events) => void seen.push(...events.map((event) => event.type)),
    });
    await test.engine.append([formSubmitted({ points: 90 })]);
    await test.engine.idle();
    await until(() => seen.includes("alert_sent"));
    release.resolve();
    await hanging.stop();
  });
});

describe("a scheduled event", () => {
  const timing = workflow("timing", {}, [
    on(
      "form_submitted",
      schedule("email_not_engaged", { after: "72h", key: "no-answer", data: { template: "thank_you" } }),
    ),
    on("email_replied", unschedule("no-answer")),
  ]);

  it("is appended when its time comes, not before, and keeps its root", async () => {
    await using test = await testEngine({ pack: false, workflows: [timing] });
    const [form] = await test.engine.append([formSubmitted()]);
    await test.engine.idle();
    test.clock.advance(72 * 3_600_000 - 1_000);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).events, "email_not_engaged"), 0);
    test.clock.advance(2_000);
    await test.engine.idle();
    const [fired] = await test.engine.db.query<{ root: number; depth: number }>(
      "select root, depth from events where type = 'email_not_engaged'",
    );
    assert.deepEqual(fired, { root: form?.position, depth: 0 });
  });

  const reply = { type: "email_replied", data: { email: "ada@acme-systems.example", text: "yes" } };
  for (const [how, groups] of [
    ["later", [[formSubmitted()], [reply]]],
    ["in the same batch", [[formSubmitted(), reply]]],
  ] as const) {
    it(`is not appended when it was stopped by its key ${how}`, async () => {
      await using test = await testEngine({ pack: false, workflows: [timing] });
      for (const group of groups) {
        await test.engine.append(group);
        await test.engine.idle();
      }
      test.clock.advance(73 * 3_600_000);
      await test.engine.idle();
      assert.equal(count((await traceOf(test.engine)).events, "email_not_engaged"), 0);
    });
  }

  it("is appended when it was stopped and set again in the same batch", async () => {
    await using test = await testEngine({ pack: false, workflows: [timing] });
    await test.engine.append([formSubmitted({}, "demo", "1"), reply, formSubmitted({}, "demo", "2")]);
    await test.engine.idle();
    test.clock.advance(73 * 3_600_000);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).events, "email_not_engaged"), 1);
  });

  it("is moved, not doubled, when it is set again", async () => {
    await using test = await testEngine({ pack: false, workflows: [timing] });
    await test.engine.append([formSubmitted({}, "demo", "1")]);
    await test.engine.idle();
    test.clock.advance(48 * 3_600_000);
    await test.engine.append([formSubmitted({}, "demo", "2")]);
    await test.engine.idle();
    test.clock.advance(48 * 3_600_000);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).events, "email_not_engaged"), 0);
    test.clock.advance(25 * 3_600_000);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).events, "email_not_engaged"), 1);
  });

  it("survives the process that set it", async () => {
    await using test = await testEngine({ pack: false, workflows: [timing] });
    const first = await openEngine({ databaseUrl: test.url, pack: false, workflows: [timing] }, { clock: test.clock });
    await first.append([formSubmitted()]);
    await first.idle();
    await first.stop();
    test.clock.advance(73 * 3_600_000);
    await test.engine.idle();
    assert.equal(count((await traceOf(test.engine)).events, "email_not_engaged"), 1);
  });
});

describe("two engines on one database", () => {
  it("share the work without doing anything twice, and the second takes over when the first ends", async () => {
    await using test = await testEngine(scripted);
    const other = await openEngine({ databaseUrl: test.url, ...scripted }, { clock: test.clock });
    await other.append([formSubmitted({ points: 90 }, "demo", "1")]);
    await test.engine.idle();
    await test.engine.stop();
    await other.append([formSubmitted({ email: "bob@example.com", points: 90 }, "demo", "2")]);
    await other.idle();
    const { alerts } = await traceOf(other);
    await other.stop();
    assert.equal(alerts.length, 2);
  });
});

describe("order per contact", () => {
  it("contacts decided while others append to them, by two engines at once, are what the log says they are", async () => {
    const busy = does(
      "data_enricher",
      "enrich_data",
      async (work) => {
        await new Promise((resolve) => setTimeout(resolve, work.id % 7));
        const values = { company: { value: `by task ${work.id}`, confidence: 0.5, source: "test" } };
        return {
          outcome: "completed",
          events: [{ type: "contact_enriched", data: { quality: 6, values, reasons: [], task: work.id } }],
        };
      },
      { concurrency: 8 },
    );
    const config = { agents: [scoresByPoints, busy], engine: { batchSize: 7 } };
    await using test = await testEngine(config);
    const other = await openEngine({ databaseUrl: test.url, ...config }, { clock: test.clock, onError: () => {} });
    try {
      const forms = Array.from({ length: 400 }, (_, i) =>
        formSubmitted(
          { email: `c${i % 10}@example.com`, points: (i * 13) % 101, company: `form ${i}` },
          "demo",
          `o${i}`,
        ),
      );
      await Promise.all(forms.map((form, i) => (i % 2 === 0 ? test.engine : other).append([form])));
      await test.engine.idle();
      await other.idle();
      await test.engine.idle();
    } finally {
      await other.stop();
    }
    const { db } = test.engine;
    assert.deepEqual(test.errors, [], "nobody waited for anybody in a circle");
    assert.equal(count((await traceOf(test.engine)).emails, "thank_you sent"), 400);
    const twice = await db.query("select event, workflow from decisions group by event, workflow having count(*) > 1");
    assert.deepEqual(twice, []);
    const undecided = await db.query(
      "select position from events e where type = 'form_submitted' and not exists (select 1 from decisions d where d.event = e.position)",
    );
    assert.deepEqual(undecided, []);
    const before = await hashContacts(db);
    await db.transaction(async (tx) => rebuildContacts(tx, await newestPosition(tx)));
    assert.equal(await hashContacts(db), before);
  });
});

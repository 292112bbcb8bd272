/** E-mail through a real SMTP server on loopback: one setting away, never twice, never after an opt-out. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { actorOf } from "../../packages/millrace/src/events/actor.ts";
import { decideUnknownEmail } from "../../packages/millrace/src/tasks/unknown-emails.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { count, traceOf } from "../factories/trace.ts";
import { mailServer } from "../servers/smtp.ts";

const agents = [scoresByPoints, findsNothing];

describe("with an SMTP server set", () => {
  it("a form's thank-you reaches the server once, and the ledger says sent", async () => {
    await using smtp = await mailServer();
    await using test = await testEngine({ agents, mail: { smtpUrl: smtp.url, from: "Sales <sales@acme.example>" } });
    await test.engine.append([formSubmitted({ points: 50, firstname: "Ada" })]);
    await test.engine.idle();
    // The thank-you goes first; a nurture mail that met it waits a second.
    test.clock.advance(1_000);
    await test.engine.idle();
    assert.deepEqual(
      smtp.recipients().toSorted(),
      ["ada@acme-systems.example", "ada@acme-systems.example"],
      "thank-you and first nurture mail",
    );
    assert.equal(smtp.letters.filter((letter) => /subject: .*thank/i.test(letter)).length, 1);
    const { emails, events } = await traceOf(test.engine);
    assert.equal(count(emails, "thank_you sent"), 1);
    assert.equal(count(events, "email_sent"), 2);
  });

  it("an opted-out contact gets nothing, even when the task was queued before", async () => {
    await using smtp = await mailServer();
    await using test = await testEngine({ agents, mail: { smtpUrl: smtp.url } }, { roles: ["engine"] });
    await test.engine.append([formSubmitted({ points: 50 })]);
    await test.engine.append([{ type: "opted_out", data: { email: "ada@acme-systems.example", by: "form" } }]);
    const worker = await openEngine(
      { databaseUrl: test.url, agents, mail: { smtpUrl: smtp.url } },
      { clock: test.clock },
    );
    await worker.idle();
    await worker.stop();
    assert.deepEqual(smtp.recipients(), []);
  });

  it("when nobody can know whether a mail left, it is not sent again: a person decides", async () => {
    await using smtp = await mailServer();
    await using test = await cutOff(smtp.url);
    assert.deepEqual(smtp.recipients(), []);
    const { emails, tasks } = await traceOf(test.engine);
    assert.deepEqual(emails, ["thank_you unknown"]);
    assert.equal(count(tasks, "send_email WAITING HIGH"), 1);
  });

  it("a person who found out that it arrived says so: the task is done and nothing is sent", async () => {
    await using smtp = await mailServer();
    await using test = await cutOff(smtp.url);
    await decide(test, "arrived");
    const { emails, tasks, events } = await traceOf(test.engine);
    assert.deepEqual(emails, ["thank_you sent"]);
    assert.equal(count(tasks, "send_email COMPLETED HIGH"), 1);
    assert.equal(count(events, "email_sent"), 1);
    assert.deepEqual(smtp.recipients(), []);
    await assert.rejects(decide(test, "arrived"), { code: "not_found" });
  });

  it("a person who knows that it never left has it sent again, once, and what was cut off stays on record", async () => {
    await using smtp = await mailServer();
    await using test = await cutOff(smtp.url);
    await decide(test, "send_again");
    assert.deepEqual(smtp.recipients(), ["ada@acme-systems.example"]);
    assert.deepEqual((await traceOf(test.engine)).emails, ["thank_you unknown", "thank_you sent"]);
  });
});

describe("an e-mail that was cut off behind its final dot", () => {
  it("is unknown in the ledger as soon as its task waits, and a person can decide", async () => {
    await using smtp = await mailServer({ cutsOff: true });
    await using test = await testEngine({ agents, mail: { smtpUrl: smtp.url } });
    await test.engine.append([formSubmitted({ points: 10 })]);
    await test.engine.idle();
    const { emails, tasks } = await traceOf(test.engine);
    assert.deepEqual(emails, ["thank_you unknown"]);
    assert.equal(count(tasks, "send_email WAITING HIGH"), 1);
    await decide(Object.assign(test, { smtpUrl: smtp.url }), "arrived");
    assert.deepEqual((await traceOf(test.engine)).emails, ["thank_you sent"]);
    assert.equal(smtp.letters.length, 1);
  });
});

describe("who leaves while e-mails to them are under way", () => {
  it("is answered behind the e-mail that a slow mail server still holds, and not before", async () => {
    const order: string[] = [];
    const isHeld = Promise.withResolvers<void>();
    const mayTake = Promise.withResolvers<void>();
    await using smtp = await mailServer({
      async beforeTaking() {
        isHeld.resolve();
        await mayTake.promise;
        order.push("the e-mail is taken");
      },
    });
    await using test = await testEngine({ agents, mail: { smtpUrl: smtp.url } });
    const { db, mail } = test.engine;
    const [appended] = await test.engine.append([formSubmitted({ points: 10 })]);
    await isHeld.promise;
    const answered = mail.unsubscribe(appended?.contact ?? "").then(() => order.push("the opt-out is answered"));
    // Without the wait it is answered as soon as it is on record; here nothing but the e-mail keeps it.
    while ((await db.query("select 1 from events where type = 'opted_out'")).length === 0);
    for (let round = 0; round < 20; round++) await db.query("select 1");
    assert.deepEqual(order, []);
    mayTake.resolve();
    await answered;
    assert.deepEqual(order, ["the e-mail is taken", "the opt-out is answered"]);
  });

  it("is answered when none is any more: 60 races, no e-mail begun behind an answer", { timeout: 60_000 }, async () => {
    const begun = new Map<string, number>();
    const waiting = new Map<string, () => void>();
    await using smtp = await mailServer({
      onRecipient(address) {
        begun.set(address, performance.now());
        waiting.get(address)?.();
      },
    });
    await using test = await testEngine({ agents, mail: { smtpUrl: smtp.url } });
    const races = Array.from({ length: 60 }, async (_, i) => {
      const email = `lead${i}@company${i}.example`;
      const isBegun = new Promise<void>((resolve) => waiting.set(email, resolve));
      const [appended] = await test.engine.append([formSubmitted({ email, points: 10 })]);
      // Every third waits for its own e-mail, so that some races are close on a machine of any pace.
      await (i % 3 === 0 ? isBegun : new Promise((resolve) => setTimeout(resolve, (i * 7) % 120)));
      await test.engine.mail.unsubscribe(appended?.contact ?? "");
      return { email, answeredAt: performance.now() };
    });
    const answers = await Promise.all(races);
    await test.engine.idle();
    const late = answers.filter(({ email, answeredAt }) => (begun.get(email) ?? 0) > answeredAt);
    assert.deepEqual(late, []);
    assert.ok(begun.size > 0 && begun.size < answers.length, `${begun.size} of ${answers.length} letters left before`);
  });
});

describe("without an SMTP server", () => {
  it("nothing leaves the machine: every mail is in the local mailbox", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append([formSubmitted({ points: 80 })]);
    await test.engine.idle();
    assert.deepEqual((await traceOf(test.engine)).emails, ["thank_you sent", "outreach sent"]);
  });
});

/** An engine whose thank-you was cut off between its first byte and the server's answer: killed in between. */
async function cutOff(smtpUrl: string) {
  const test = await testEngine({ agents, mail: { smtpUrl } }, { roles: ["engine"] });
  const [form] = await test.engine.append([formSubmitted({ points: 90 })]);
  // Nobody works here: idle would wait for the e-mail for ever.
  while ((await test.engine.db.query("select 1 from tasks where kind = 'send_email'")).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await test.engine.db.query(
    `insert into emails (once_key, contact, task, root, created_at, state, template, recipient, subject, body)
     select $1, $2, id, root, now(), 'sending', 'thank_you', 'ada@acme-systems.example', 's', 'b' from tasks where kind = 'send_email'`,
    [`thank_you:event:${form?.position}`, form?.contact],
  );
  await workOff(test, smtpUrl);
  return Object.assign(test, { smtpUrl });
}

async function workOff(test: TestEngine, smtpUrl: string): Promise<void> {
  const worker = await openEngine({ databaseUrl: test.url, agents, mail: { smtpUrl } }, { clock: test.clock });
  await worker.idle();
  await worker.stop();
}

async function decide(test: TestEngine & { smtpUrl: string }, verdict: "arrived" | "send_again"): Promise<void> {
  const { db, clock, work } = test.engine;
  const [email] = await db.query<{ id: number }>("select min(id) as id from emails");
  await db.transaction((tx) => decideUnknownEmail(tx, email?.id ?? 0, verdict, actorOf("grace"), clock.now(), work));
  await workOff(test, test.smtpUrl);
}

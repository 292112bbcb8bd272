/** E-mail through a real SMTP server on loopback: one setting away, never twice, never after an opt-out. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { actorOf } from "../../packages/millrace/src/events/actor.ts";
import { openEngine } from "../../packages/millrace/src/open-engine.ts";
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

/**
 * Flow 5 with a model that writes e-mails, against a Messages API on loopback: an e-mail that passes the rules waits for a person with what
 * it rests on; approved, edited or refused it leaves traces of both; and by no path does it leave before, or when it must not.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type Fault, type ModelSimulator, startModelSimulator, type Turn } from "@millrace/model-simulator";
import type { DraftSettings } from "../../packages/millrace/src/agents/draft-writer/draft-settings.ts";
import { simulatedAnswer } from "../../packages/millrace/src/cli/simulated-answers.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import type { Review } from "../../packages/millrace/src/email/sequences.ts";
import { actorOf } from "../../packages/millrace/src/events/actor.ts";
import { completeByPerson } from "../../packages/millrace/src/tasks/people.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { serveSite } from "../sites/site-server.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EMAIL = "ada@acme-systems.example";
const GRACE = { by: "grace" };
const LEAD = { email: EMAIL, points: 80, firstname: "Ada", company: "Acme Systems" };

let simulator: ModelSimulator;
let says: Turn | undefined;
before(async () => {
  simulator = await startModelSimulator({ script: (request) => says ?? simulatedAnswer(request), retryAfterS: 7 });
});
after(() => simulator.close());
beforeEach(() => {
  simulator.reset();
  says = undefined;
});

interface Options {
  readonly drafts?: DraftSettings;
  readonly review?: Review;
  readonly config?: MillraceConfig;
}

async function prospect({ drafts = {}, review, config = {} }: Options = {}): Promise<TestEngine> {
  const sequences = {
    outreach: {
      purpose: "outreach" as const,
      touches: [
        { template: "outreach", day: 0, ...(review && { review }) },
        { template: "outreach_2", day: 3 },
      ],
    },
  };
  const test = await testEngine({
    mail: { window: false, cap: false },
    pack: { sequences },
    agents: [scoresByPoints, findsNothing],
    models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents: ["outreach_agent"] },
    drafts,
    ...config,
  });
  await test.engine.append([formSubmitted(LEAD)]);
  await test.engine.idle();
  return test;
}

async function pass(test: TestEngine, ms: number): Promise<void> {
  test.clock.advance(ms);
  await test.engine.idle();
}

async function waiting(test: TestEngine) {
  return (await test.engine.queries.drafts()).drafts;
}

async function one(test: TestEngine) {
  const [draft, ...more] = await waiting(test);
  assert.deepEqual(more, []);
  assert.ok(draft, "no draft waits");
  return draft;
}

/** Letters of sequences that left, by template. */
async function sent(test: TestEngine): Promise<readonly { template: string; subject: string; body: string }[]> {
  return test.engine.db.query(
    "select template, subject, body from emails where state = 'sent' and purpose <> 'transactional' order by id",
  );
}

async function dataOf<Data>(test: TestEngine, type: string): Promise<Data[]> {
  const rows = await test.engine.db.query<{ data: Data }>("select data from events where type = $1 order by position", [
    type,
  ]);
  return rows.map(({ data }) => data);
}

interface Drafted {
  readonly by: string;
  readonly because?: readonly string[];
  readonly review?: boolean;
}

describe("a letter of a model", () => {
  it("waits with what it rests on, and leaves when a person approves it, with greeting, closing and no reason to doubt", async () => {
    await using test = await prospect();
    const draft = await one(test);
    assert.deepEqual(await sent(test), []);
    assert.match(draft.text, /^Hi Ada,\n\nI write because of Acme Systems\.\n\nTeams like Acme Systems[\s\S]*Sales$/);
    assert.deepEqual(draft.parts[0]?.facts.map(({ words }) => words).at(-1), "Acme Systems");
    assert.equal(draft.deadlineAt, test.clock.now() + 3 * DAY_MS);
    assert.match(draft.instead.text, /^Hi Ada,/);
    const { verdict } = await test.engine.actions.approveDraft({ id: draft.id }, GRACE);
    await test.engine.idle();
    assert.equal(verdict, "approved");
    assert.deepEqual(
      (await sent(test)).map(({ template, subject, body }) => [template, subject, body]),
      [["outreach", draft.subject, draft.text]],
    );
    assert.deepEqual(await waiting(test), []);
    const [label] = (await test.engine.queries.draftLabels({})).labels;
    assert.deepEqual([label?.verdict, label?.by, label?.changed, label?.sent], ["approved", "grace", 0, label?.wrote]);
  });

  it("is asked for its facts as data, without the form's words, the score or the address", async () => {
    await using test = await testEngine({
      agents: [scoresByPoints, findsNothing],
      models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents: ["outreach_agent"] },
    });
    await test.engine.append([formSubmitted({ ...LEAD, message: "my secret plan", phone: "+43 1 2345678" })]);
    await test.engine.idle();
    const asked = JSON.stringify(simulator.requests.map(({ body }) => body.messages));
    assert.match(asked, /<facts>.*Acme Systems/);
    assert.doesNotMatch(asked, /secret plan|2345678|ada@|lead_score/);
  });

  it("rests on what the company's home page shows, where visits are allowed, and visits nobody otherwise", async () => {
    const page = `<p>Acme Systems builds planning software for 400 hospitals.</p>
      <div style="display:none">Acme Systems is for sale at 3 dollars.</div>`;
    await using site = await serveSite({ "/": page });
    const lead = formSubmitted({ ...LEAD, website: site.url });
    const config = (websites: boolean): MillraceConfig => ({
      agents: [scoresByPoints, findsNothing],
      mail: { window: false },
      models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents: ["outreach_agent"] },
      enrichment: { websites, allowedHosts: [site.host] },
    });
    await using without = await testEngine(config(false));
    await without.engine.append([lead]);
    await without.engine.idle();
    assert.deepEqual([site.asked, simulator.requests.length], [[], 1]);
    const words = "Acme Systems builds planning software for 400 hospitals.";
    says = { json: { subject: "Acme Systems and us", paragraphs: [{ text: words, facts: ["P1"] }] } };
    await using test = await testEngine(config(true));
    await test.engine.append([lead]);
    await test.engine.idle();
    assert.deepEqual(site.asked, ["/"]);
    assert.doesNotMatch(JSON.stringify(simulator.requests), /for sale/);
    assert.deepEqual((await one(test)).parts, [{ text: words, facts: [{ id: "P1", what: "page", words }] }]);
    assert.equal((await dataOf(test, "mcp_tool_called")).length, 1);
  });

  it("goes on with the next of the sequence, which waits too and keeps the conversation's subject", async () => {
    await using test = await prospect();
    await test.engine.actions.approveDraft({ id: (await one(test)).id }, GRACE);
    await test.engine.idle();
    await pass(test, 3 * DAY_MS);
    const second = await one(test);
    assert.deepEqual([second.template, second.touch, second.subject], ["outreach_2", 2, ""]);
    await test.engine.actions.approveDraft({ id: second.id }, GRACE);
    await test.engine.idle();
    assert.deepEqual(
      (await sent(test)).map(({ template }) => template),
      ["outreach", "outreach_2"],
    );
  });

  it("that a person edits leaves in their words, and the difference is on record as an event and a label", async () => {
    await using test = await prospect();
    const draft = await one(test);
    const text = draft.text.replace("I write because of Acme Systems.", "I read about Acme Systems.");
    await test.engine.actions.editDraft({ id: draft.id, subject: "Acme", text, reason: "shorter" }, GRACE);
    await test.engine.idle();
    assert.deepEqual(
      (await sent(test)).map(({ subject, body }) => [subject, body]),
      [["Acme", text]],
    );
    const [decided] = await dataOf<{
      verdict: string;
      changed: number;
      wrote: { text: string };
      sent: { text: string };
    }>(test, "draft_decided");
    assert.deepEqual([decided?.verdict, decided?.wrote.text, decided?.sent.text], ["edited", draft.text, text]);
    assert.ok(Number(decided?.changed) > 0 && Number(decided?.changed) < 0.2);
    const [label] = (await test.engine.queries.draftLabels({})).labels;
    assert.deepEqual([label?.verdict, label?.reason], ["edited", "shorter"]);
  });

  it("that a person refuses never leaves; the template does when they say so", async () => {
    await using test = await prospect();
    await test.engine.actions.refuseDraft({ id: (await one(test)).id, reason: "a partner of ours" }, GRACE);
    await pass(test, 10 * DAY_MS);
    assert.deepEqual(await sent(test), []);
    await using other = await prospect();
    const { instead, id } = await one(other);
    await other.engine.actions.refuseDraft({ id, reason: "too cold", takeTemplate: true }, GRACE);
    await other.engine.idle();
    assert.deepEqual(
      (await sent(other)).map(({ body }) => body),
      [instead.text],
    );
  });

  it("that breaks a rule is never seen: the template leaves, and the reasons are on record", async () => {
    says = {
      json: {
        subject: "Globex",
        paragraphs: [{ text: "We guarantee 300 % growth, see evil.example now.", facts: ["T1"] }],
      },
    };
    await using test = await prospect();
    assert.deepEqual(await waiting(test), []);
    assert.match((await sent(test))[0]?.body ?? "", /^Hi Ada,\n\nteams like Acme Systems/);
    const [drafted] = await dataOf<Drafted>(test, "outreach_drafted");
    assert.equal(drafted?.by, "template");
    assert.match(String(drafted?.because?.join("\n")), /evil\.example[\s\S]*guarantee/);
  });

  const ill: readonly Fault[] = ["refusal", "truncated", "wrong_json", "wrong_shape", "unauthorised", "html", "huge"];
  for (const fault of ill) {
    it(`of a model with "${fault}" is the template`, async () => {
      simulator.fail(fault);
      await using test = await prospect();
      assert.deepEqual([(await sent(test)).length, await waiting(test)], [1, []]);
      assert.equal((await dataOf<Drafted>(test, "outreach_drafted"))[0]?.by, "template");
    });
  }

  it("of a busy model is asked for again when it says, and is the template when it stays busy for ten minutes", async () => {
    simulator.fail("overloaded");
    await using test = await prospect();
    assert.deepEqual(await waiting(test), []);
    await pass(test, 15_000);
    assert.equal((await waiting(test)).length, 1);
    simulator.fail("rate_limited", 200);
    await using other = await prospect();
    for (let s = 0; s < 620; s += 7) await pass(other, 7_000);
    assert.deepEqual(
      (await dataOf<Drafted>(other, "outreach_drafted")).map(({ by }) => by),
      ["template"],
    );
  });

  it("at a cap is the template, and admins are told once", async () => {
    await using test = await prospect({
      config: {
        models: {
          apiKey: "some-key",
          baseUrl: `${simulator.url}/v1`,
          agents: ["outreach_agent"],
          caps: { perDayUsd: 0 },
        },
      },
    });
    assert.equal(simulator.requests.length, 0);
    assert.equal((await sent(test)).length, 1);
    assert.equal((await test.engine.queries.alerts({ audience: "admin" })).alerts.length, 1);
  });

  it("is not asked for without the setting: the template leaves at once, as ever", async () => {
    await using test = await prospect({ config: { models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1` } } });
    assert.equal(simulator.requests.length, 0);
    const drafted = await dataOf<Drafted>(test, "outreach_drafted");
    assert.deepEqual([(await sent(test)).length, drafted[0]?.by, await waiting(test)], [1, undefined, []]);
  });
});

describe("the review of a step", () => {
  it('"none" lets a letter that passes leave at once', async () => {
    await using test = await prospect({ review: "none" });
    assert.deepEqual(await waiting(test), []);
    assert.match((await sent(test))[0]?.body ?? "", /I write because of Acme Systems/);
  });

  it('"first" lets letters leave once a person has approved one as it was, not one they changed', async () => {
    await using test = await prospect({ review: "first" });
    const first = await one(test);
    await test.engine.actions.editDraft({ id: first.id, subject: "Other", text: "Hi Ada,\n\nMy own words." }, GRACE);
    await test.engine.append([formSubmitted({ ...LEAD, email: "bob@globex.example", company: "Globex" })]);
    await test.engine.idle();
    const second = await one(test);
    await test.engine.actions.approveDraft({ id: second.id }, GRACE);
    await test.engine.append([formSubmitted({ ...LEAD, email: "eve@initech.example", company: "Initech" })]);
    await test.engine.idle();
    assert.deepEqual(await waiting(test), []);
    assert.equal((await sent(test)).length, 3);
  });
});

describe("nobody decides", () => {
  it("people are reminded when it is due, others when it stays so, and at the deadline the template leaves", async () => {
    await using test = await prospect({ config: { engine: { escalateAfterMs: DAY_MS } } });
    const { id, instead } = await one(test);
    await pass(test, 5 * HOUR_MS);
    const due = await dataOf<{ task: number; level: number }>(test, "task_overdue");
    assert.deepEqual(
      due.map(({ task, level }) => [task, level]),
      [[id, 1]],
    );
    assert.deepEqual(
      (await test.engine.queries.alerts({ audience: "sales" })).alerts.map(({ name }) => name),
      ["task_overdue"],
    );
    await pass(test, 2 * DAY_MS);
    assert.deepEqual(
      (await dataOf<{ level: number }>(test, "task_overdue")).map(({ level }) => level),
      [1, 2],
    );
    assert.deepEqual(await sent(test), []);
    await pass(test, DAY_MS);
    assert.deepEqual(
      (await sent(test)).map(({ body }) => body),
      [instead.text],
    );
    assert.deepEqual(await waiting(test), []);
    await assert.rejects(test.engine.actions.approveDraft({ id }, GRACE), /waits no more: nobody decided in time/);
  });

  it('nothing leaves with "drop", and with "wait" it waits on', async () => {
    await using dropped = await prospect({ drafts: { atDeadline: "drop" } });
    await pass(dropped, 4 * DAY_MS);
    assert.deepEqual([await sent(dropped), await waiting(dropped)], [[], []]);
    await using kept = await prospect({ drafts: { atDeadline: "wait" } });
    await pass(kept, 30 * DAY_MS);
    const { id, deadlineAt } = await one(kept);
    assert.equal(deadlineAt, null);
    await kept.engine.actions.approveDraft({ id }, GRACE);
    await kept.engine.idle();
    assert.equal((await sent(kept)).length, 1);
  });

  it("has the deadline and the due time of the settings", async () => {
    await using test = await prospect({ drafts: { dueIn: "1h", deadline: "6h" } });
    const { dueAt, deadlineAt, createdAt } = await one(test);
    assert.deepEqual([dueAt - createdAt, Number(deadlineAt) - createdAt], [HOUR_MS, 6 * HOUR_MS]);
  });
});

describe("by no path an e-mail leaves that must not", () => {
  it("two people who decide at once: the first one counts, the other is told", async () => {
    await using test = await prospect();
    const { id } = await one(test);
    const both = await Promise.allSettled([
      test.engine.actions.approveDraft({ id }, GRACE),
      test.engine.actions.editDraft({ id, subject: "Mine", text: "Hi Ada,\n\nmine." }, { by: "linus" }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
    const failed = both.find((each) => each.status === "rejected") as PromiseRejectedResult;
    assert.equal(failed.reason.code, "task_not_open");
    await test.engine.idle();
    assert.deepEqual([(await sent(test)).length, (await dataOf(test, "draft_decided")).length], [1, 1]);
  });

  const ends: readonly (readonly [name: string, event: object])[] = [
    ["opts out", { type: "opted_out", data: { email: EMAIL, by: "link" } }],
    ["books a meeting", { type: "meeting_booked", data: { email: EMAIL } }],
    ["buys", { type: "purchase_completed", contact: { email: EMAIL }, data: {} }],
    ["becomes hot", formSubmitted({ ...LEAD, points: 95 })],
    ["answers", { type: "email_engagement", data: { email: EMAIL, engagement: "replied", text: "Who are you?" } }],
    ["is out of reach", { type: "email_engagement", data: { email: EMAIL, engagement: "bounced", hard: true } }],
  ];
  for (const [name, event] of ends) {
    it(`a contact who ${name} meanwhile: the draft is called off, and can be approved no more`, async () => {
      await using test = await prospect();
      const { id } = await one(test);
      await test.engine.append([event as never]);
      await test.engine.idle();
      assert.deepEqual(await waiting(test), []);
      await assert.rejects(test.engine.actions.approveDraft({ id }, GRACE), /waits no more/);
      await pass(test, 4 * DAY_MS);
      assert.deepEqual(await sent(test), []);
    });

    if (name === "answers") continue;
    it(`a contact who ${name} while a person holds the draft: approving says that it would not leave`, async () => {
      await using test = await prospect();
      const { id } = await one(test);
      await test.engine.actions.claimTask({ id }, GRACE);
      await test.engine.append([event as never]);
      await test.engine.idle();
      await assert.rejects(test.engine.actions.approveDraft({ id }, GRACE), /would not leave/);
      await test.engine.actions.refuseDraft({ id, reason: "too late" }, GRACE);
      await pass(test, 4 * DAY_MS);
      assert.deepEqual(await sent(test), []);
    });
  }

  it("approved, and the contact opts out before the hour of sending: the gate refuses it", async () => {
    const config = { mail: { window: { from: "11:00", to: "12:00" }, cap: false as const } };
    await using test = await prospect({ config });
    await test.engine.actions.approveDraft({ id: (await one(test)).id }, GRACE);
    await test.engine.idle();
    assert.deepEqual(await sent(test), []);
    await test.engine.append([{ type: "opted_out", data: { email: EMAIL, by: "link" } }]);
    await pass(test, 3 * HOUR_MS);
    assert.deepEqual(await sent(test), []);
  });

  it('"done" by hand, in HubSpot or by a retry sends nothing', async () => {
    await using test = await prospect();
    const { id } = await one(test);
    await assert.rejects(
      test.engine.actions.completeTask({ id, result: { verdict: "approved" } }, GRACE),
      /ends with a decision/,
    );
    await test.engine.actions.cancelTask({ id, reason: "by hand" }, GRACE);
    const { task: again } = await test.engine.actions.retryTask({ id }, GRACE);
    await test.engine.idle();
    assert.deepEqual([(await one(test)).id, await sent(test)], [again, []]);
    await test.engine.actions.approveDraft({ id: again }, GRACE);
    await test.engine.idle();
    assert.equal((await sent(test)).length, 1);
    // As a task that was ticked off in HubSpot is completed here.
    await using ticked = await prospect();
    const { id: other } = await one(ticked);
    const { db } = ticked.engine;
    await db.transaction((tx) =>
      completeByPerson(tx, other, actorOf("ada"), { closedIn: "hubspot" }, ticked.clock.now()),
    );
    ticked.engine.wakeUps.local("events");
    await ticked.engine.idle();
    await pass(ticked, 10 * DAY_MS);
    assert.deepEqual([await sent(ticked), await waiting(ticked)], [[], []]);
  });

  it("an e-mail that is approved leaves with the foot: the postal address and the way to leave", async () => {
    const config = {
      mail: { window: false as const, cap: false as const, postalAddress: "Acme GmbH, Ring 1, 1010 Vienna" },
      gateway: { publicUrl: "https://mail.acme.example" },
    };
    await using test = await prospect({ config });
    await test.engine.actions.approveDraft({ id: (await one(test)).id }, GRACE);
    await test.engine.idle();
    const [letter] = await sent(test);
    assert.match(
      letter?.body ?? "",
      /Sales\n\n-- \nAcme GmbH, Ring 1, 1010 Vienna\nNo more e-mails from us: https:\/\/mail\.acme\.example\/u\//,
    );
  });

  it("a change of its facts writes it anew: the old one can be approved no more", async () => {
    await using test = await prospect();
    const { id } = await one(test);
    await test.engine.append([
      {
        type: "contact_updated_external",
        data: { email: EMAIL, system: "crm", properties: { company: "Globex" } },
      } as never,
    ]);
    await test.engine.idle();
    const anew = await one(test);
    assert.match(anew.text, /Globex/);
    await assert.rejects(test.engine.actions.approveDraft({ id }, GRACE), /waits no more/);
    await test.engine.actions.approveDraft({ id: anew.id }, GRACE);
    await test.engine.idle();
    assert.deepEqual(
      (await sent(test)).map(({ body }) => /Globex/.test(body)),
      [true],
    );
  });
});

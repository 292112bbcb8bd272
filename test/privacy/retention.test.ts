/** Texts go when they have had their time; the log's facts, and that there was an e-mail, stay. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { retain } from "../../packages/millrace/src/privacy/retention.ts";
import { retentionSettings } from "../../packages/millrace/src/privacy/retention-settings.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

const agents = [scoresByPoints, findsNothing];
const DAY = 86_400_000;
const usual = retentionSettings.parse({});

async function all({ engine, clock }: TestEngine, settings = usual): Promise<Record<string, number>> {
  const sum: Record<string, number> = {};
  for (;;) {
    const { rows, isMore } = await retain(engine.db, settings, clock.now());
    for (const [table, count] of Object.entries(rows)) sum[table] = (sum[table] ?? 0) + count;
    if (!isMore) return sum;
  }
}

async function bodies({ engine }: TestEngine): Promise<string[]> {
  const rows = await engine.db.query<{ body: string }>("select body from emails order by id");
  return rows.map(({ body }) => body);
}

describe("retention", () => {
  it("says for each kind how long by default, and turning one changes something", async () => {
    assert.deepEqual(usual, { mailBodies: "30d", agentTexts: "35d", technical: "180d" });
    await using test = await testEngine({ agents });
    await test.engine.append([formSubmitted({ points: 10 })]);
    await test.engine.idle();
    const sent = (await bodies(test)).length;
    test.clock.advance(20 * DAY);
    assert.deepEqual(await all(test), {});
    assert.equal((await all(test, { ...usual, mailBodies: "10d" })).emails, sent);
  });

  it("empties the texts of e-mails after 30 days: to whom, when and under which subject stays, and the log is untouched", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append([formSubmitted({ points: 10 })]);
    await test.engine.idle();
    const log = await test.engine.db.query("select * from events order by position");
    test.clock.advance(31 * DAY);
    await test.engine.append([formSubmitted({ points: 10, email: "new@newcomer.example" })]);
    await test.engine.idle();
    assert.ok((await all(test)).emails);
    const rows = await test.engine.db.query<{ recipient: string; subject: string; body: string }>(
      "select recipient, subject, body from emails where template = 'thank_you' order by id",
    );
    assert.deepEqual(
      rows.map(({ recipient, body }) => [recipient, body === ""]),
      [
        ["ada@acme-systems.example", true],
        ["new@newcomer.example", false],
      ],
    );
    assert.ok(rows[0]?.subject);
    const kept = await test.engine.db.query("select * from events order by position limit $1", [log.length]);
    assert.deepEqual(kept, log);
    assert.deepEqual(await all(test), {}, "a second time there is nothing to do");
  });

  it("keeps the text of a letter of which it is unknown whether it left, until a week after that is known", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append([formSubmitted({ points: 10 })]);
    await test.engine.idle();
    await test.engine.db.query("update emails set state = 'unknown'");
    test.clock.advance(31 * DAY);
    assert.deepEqual(await all(test), {});
    await test.engine.db.query("update emails set state = 'sent'");
    test.clock.advance(8 * DAY);
    await all(test);
    assert.ok((await all(test)).emails);
    assert.ok((await bodies(test)).every((body) => body === ""));
  });

  it("empties what models were asked after 35 days, keeps what was spent, and what an open task still needs", async () => {
    await using test = await testEngine({ agents });
    const at = new Date(test.clock.now());
    for (const task of [1, 2])
      await test.engine.db.query(
        `insert into model_calls (task, step, agent, prompt, model, request_hash, request, state, answer, reserved_usd, cost_usd, asked_at)
         values ($1, 'one', 'a', 'p', 'm', 'h', '{"q": 1}', 'answered', '{"a": 1}', 0.1, 0.05, $2)`,
        [task, at],
      );
    await test.engine.db.query(
      `insert into tasks (id, root, due_at, created_at, depth, priority, rank, kind, merge_key, standing, requested_by, causes, payload)
       values (2, 1, $1, $1, 0, 1, 1, 'none', 'none', 'WAITING', 'test', '{1}', '{}')`,
      [at],
    );
    test.clock.advance(36 * DAY);
    assert.deepEqual(await all(test), { model_calls: 1 });
    const rows = await test.engine.db.query(
      "select task, request is null as gone, cost_usd as spent from model_calls order by task",
    );
    assert.deepEqual(rows, [
      { task: 1, gone: true, spent: 0.05 },
      { task: 2, gone: false, spent: 0.05 },
    ]);
  });

  it("goes through many in small batches", async () => {
    await using test = await testEngine({ agents });
    await test.engine.db.query(
      `insert into emails (once_key, created_at, state, template, recipient, subject, body)
       select 'k' || n, $1, 'sent', 't', 'a@b.example', 's', 'text' from generate_series(1, 1200) n`,
      [new Date(test.clock.now())],
    );
    test.clock.advance(31 * DAY);
    const first = await retain(test.engine.db, usual, test.clock.now());
    assert.deepEqual(first, { rows: { emails: 500 }, isMore: true });
    assert.deepEqual(await all(test), { emails: 700 });
  });
});

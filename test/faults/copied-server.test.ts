/** A server that was filled by copying its tables has the rows and not the sequences: nothing that is accepted on it is lost. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sequencesBehind } from "../../packages/millrace/src/db/sequences.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";

const agents = [scoresByPoints, findsNothing];
const lead = (i: number) => formSubmitted({ email: `lead${i}@company${i}.example`, points: 95 });

/** As logical replication leaves them. */
async function forgetSequences({ engine }: TestEngine): Promise<void> {
  await engine.db.query(
    `select setval(c.oid::regclass, 1, false) from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname = current_schema()`,
  );
}

describe("a server without its sequences", () => {
  it("gets them at the start: every form is decided, every task has an id of its own", async () => {
    await using test = await testEngine({ agents });
    for (let i = 0; i < 20; i++) await test.engine.append([lead(i)]);
    await test.engine.idle();
    await forgetSequences(test);
    const behind = (await sequencesBehind(test.engine.db)).map(({ sequence }) => sequence);
    for (const name of ["events_position", "task_blocks", "alerts_id_seq", "emails_id_seq"])
      assert.ok(
        behind.some((sequence) => sequence.endsWith(name)),
        `${name} of ${behind.join()}`,
      );
    const said: string[] = [];
    const logger = { debug() {}, info() {}, warn: (_: object, text: string) => void said.push(text), error() {} };
    const moved = await openEngine({ databaseUrl: test.url, agents }, { clock: test.clock, logger });
    assert.deepEqual(await sequencesBehind(moved.db), []);
    assert.match(said.join("\n"), /events_position would have given 1/);
    for (let i = 20; i < 40; i++) await moved.append([lead(i)]);
    await moved.idle();
    const [row] = await moved.db.query<{ contacts: number; scored: number }>(
      `select (select count(*)::int from contacts) as contacts,
              (select count(distinct contact)::int from events where type = 'contact_scored') as scored`,
    );
    assert.deepEqual(row, { contacts: 40, scored: 40 });
    await moved.stop();
  });

  it("that an engine falls over to while it runs is seen when the connections are lost", async () => {
    await using test = await testEngine({ agents });
    for (let i = 0; i < 10; i++) await test.engine.append([lead(i)]);
    await test.engine.idle();
    await forgetSequences(test);
    await test.engine.db.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await until(async () => {
      const taken = await test.engine.append([lead(10)]).catch(() => []);
      return taken.length === 1;
    });
    await test.engine.idle();
    assert.deepEqual(await sequencesBehind(test.engine.db), []);
    const [row] = await test.engine.db.query<{ scored: number }>(
      "select count(distinct contact)::int as scored from events where type = 'contact_scored'",
    );
    assert.deepEqual(row, { scored: 11 });
  });
});

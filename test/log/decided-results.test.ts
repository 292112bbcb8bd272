/** What an agent of the queue has done is decided where it is written, and as the runner would have decided it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agent } from "../../packages/millrace/src/agents/agent.ts";
import type { Tx } from "../../packages/millrace/src/db/database.ts";
import { append } from "../../packages/millrace/src/events/append.ts";
import { addToList, on, task, workflow } from "../../packages/millrace/src/index.ts";
import { claimTasks, removeHeldTasks } from "../../packages/millrace/src/tasks/queue.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";

const asks = workflow("asks", {}, [
  on("form_submitted", task("enrich_data")),
  on("contact_enriched", addToList("enriched")),
]);

/** An engine whose agent finds the same of everybody; what is given is done before its first result is written. */
async function enriching(meanwhile: (test: TestEngine, contact: string) => Promise<unknown> = async () => {}) {
  let contact = "";
  const enricher = agent({
    name: "enricher",
    kinds: ["enrich_data"],
    run: async (given) => {
      contact = given[0]?.contact?.id ?? "";
      return given.map(() => ({
        outcome: "completed",
        events: [{ type: "contact_enriched", data: { quality: 7, values: {}, reasons: [] } }],
      }));
    },
  });
  const test = await testEngine({ pack: false, monitor: false, workflows: [asks], agents: [enricher] });
  const { db } = test.engine;
  const transaction = db.transaction.bind(db);
  let isFirst = true;
  db.transaction = async <Result>(work: (tx: Tx) => Promise<Result>) => {
    if (contact !== "" && isFirst) {
      isFirst = false;
      await meanwhile(test, contact);
    }
    return transaction(work);
  };
  await test.engine.append([formSubmitted({}, "demo", "1")]);
  await test.engine.idle();
  return test;
}

function typesInRows(test: TestEngine): Promise<{ types: string[] }[]> {
  return test.engine.db.query("select types from settlements where 'task_completed' = any(types)");
}

const ALL = ["task_status_changed", "contact_enriched", "task_completed", "contact_listed"];

describe("the result of a task", () => {
  it("and all that follows are one row, written in one transaction", async () => {
    await using test = await enriching();
    assert.deepEqual(await typesInRows(test), [{ types: ALL }]);
    const alone = await test.engine.db.query("select type from single_events where type <> 'form_submitted'");
    assert.deepEqual(alone, [], "nothing of it waits to be decided");
    assert.deepEqual(test.errors, []);
  });

  it("stands behind what others said of the contact meanwhile, and is decided after it", async () => {
    await using test = await enriching(async ({ engine: { db, clock } }, contact) => {
      const data = { email: "ada@acme-systems.example", changes: { city: { from: null, to: "Bonn" } } };
      const fact = { type: "contact_updated", contact, data, occurredAt: clock.now(), cause: null, root: 1, depth: 0 };
      await db.transaction((tx) => append(tx, [{ ...fact, actor: "test" }]));
    });
    const log = await test.engine.db.query<{ type: string }>(
      `select type from events where type = 'contact_updated' or type = any($1::text[]) order by position`,
      [ALL],
    );
    assert.deepEqual(
      log.map(({ type }) => type),
      ["contact_updated", ...ALL],
    );
    assert.deepEqual(await typesInRows(test), [], "the runner has decided it");
    assert.deepEqual(test.errors, []);
  });

  it("is decided once more when others have decided about the contact meanwhile", async () => {
    await using test = await enriching(async ({ engine: { db } }, contact) => {
      await db.query(
        `with drawn as (select setval('events_position', nextval('events_position')) as at)
         insert into settlements (last, first, since, contact, decided_at, types, events, decisions, tasks)
         select at, at, 0, $1, now(), '{contact_listed}', '[[null, 1, 0, "test", 0, {"list": "vip"}]]', '[]', '[]' from drawn`,
        [contact],
      );
      // As who has folded it would have left the contact.
      await db.query(
        `update contacts set position = (select max(last) from settlements), facts = (facts::jsonb || '{"lists": ["vip"]}')::json where id = $1`,
        [contact],
      );
    });
    assert.deepEqual(await typesInRows(test), [{ types: ALL }]);
    const [row] = await test.engine.db.query<{ lists: string[] }>("select facts->'lists' as lists from contacts");
    assert.deepEqual(row?.lists.toSorted(), ["enriched", "vip"], "nothing of either is lost");
    assert.deepEqual(test.errors, []);
  });
});

it("who has lost a task, or was asked for it again, takes it out of the queue no more", async () => {
  const tasks = { look_up: { about: "Look up.", priority: "LOW", dueIn: "5m", doneBy: "nobody" } } as const;
  const looks = workflow("looks", {}, [on("form_submitted", task("look_up" as "enrich_data"))]);
  await using test = await testEngine({ pack: false, tasks, workflows: [looks] }, { roles: ["engine"] });
  await test.engine.append([formSubmitted()]);
  await test.engine.idle();
  const { db, clock } = test.engine;
  const wish = { handler: 0, kind: "look_up", limit: 1, timeoutMs: 60_000 };
  const [held] = await claimTasks(db, "first", [wish], 60_000, clock.now());
  assert.ok(held !== undefined);
  const remove = (fence: number) => db.transaction((tx) => removeHeldTasks(tx, [{ id: held.id, fence }]));
  assert.deepEqual([...(await remove(held.fence - 1))], [], "another token");
  await test.engine.append([formSubmitted({ firstname: "Ada" })]);
  await until(async () => (await db.query("select 1 from tasks where requested_again")).length === 1);
  assert.deepEqual([...(await remove(held.fence))], [], "asked for again");
  await db.query("update tasks set requested_again = false, claim = null");
  assert.deepEqual([...(await remove(held.fence))], [], "held by nobody");
  await db.query("update tasks set claim = $1", [held.claim]);
  assert.deepEqual([...(await remove(held.fence))], [held.id]);
});

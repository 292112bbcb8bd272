/** The history refuses every change but one: a contact's rows emptied by the function that erases. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";
import { EVENT_COLUMNS, readEvents } from "../../packages/millrace/src/events/log.ts";
import { on, schedule, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

const SWITCHED = "select set_config('millrace.erasing', 'on', true)";
const TABLES = ["single_events", "settlements", "single_decisions", "single_finished_tasks"] as const;

/** What the eraser's function does to the rows of each table, spelt out. */
const EMPTYING: Readonly<Record<(typeof TABLES)[number], string>> = {
  single_events:
    "update single_events e set (type, actor, source, id, data) = (select r.type, r.actor, r.source, r.id, r.data from erased_event(e) r)",
  settlements:
    "update settlements s set (types, events, decisions, tasks) = (select r.types, r.events, r.decisions, r.tasks from erased_settlement(s) r)",
  single_decisions:
    "update single_decisions d set (outcomes, because) = (select r.outcomes, r.because from erased_decision(d) r)",
  single_finished_tasks:
    "update single_finished_tasks t set (merge_key, error, payload, result) = (select r.merge_key, r.error, r.payload, r.result from erased_finished_task(t) r)",
};

/** Changes that nobody may make, one column each; a column given beside an emptying is set together with it. */
const BESIDES: Readonly<Record<(typeof TABLES)[number], readonly string[]>> = {
  single_events: [
    "contact = null",
    "occurred_at = now()",
    "root = root + 1",
    "position = position + 1000",
    "cause = 7",
    "depth = 3",
  ],
  settlements: [
    "contact = gen_random_uuid()",
    "first = first + 1",
    "decided_at = now()",
    "since = 7",
    "task_group = 7",
  ],
  single_decisions: ["contact = null", "branch = 'other'", "workflow = 'other'", "decided_at = now()"],
  single_finished_tasks: [
    "contact = null",
    "kind = 'other'",
    "state = 'FAILED'",
    "worker = 'other'",
    "root = root + 1",
  ],
};

const INSTEAD: Readonly<Record<(typeof TABLES)[number], readonly string[]>> = {
  single_events: ["data = '{}'", "type = 'event_erased'", "actor = 'somebody'", "source = 'erased'", "id = 'mine'"],
  settlements: ["events = '[]'", "types = '{event_erased}'", "decisions = '[]'", "tasks = '[]'"],
  single_decisions: ["because = 'another reason'", "outcomes = '[]'"],
  single_finished_tasks: ["payload = '{}'", "result = '{}'", "error = 'other'", "merge_key = 'other'"],
};

async function refused(engine: EngineHandle, statement: string, isSwitched = false): Promise<void> {
  const attempt = engine.db.transaction(async (tx) => {
    if (isSwitched) await tx.query(SWITCHED);
    await tx.query(statement);
  });
  await assert.rejects(attempt, /The log is append-only/, statement);
}

const kinds = {
  ring: { about: "Ring somebody.", priority: "LOW", dueIn: "1h", doneBy: "ringer", retries: 0 },
} as const;

/** A timer whose key names the person, and an agent that says who they are. */
const more = workflow("more", {}, [
  on(
    "form_submitted",
    task("ring" as "qualify_lead", { payload: ({ event }) => ({ whom: String(event.data.fields.email) }) }),
    schedule("email_not_engaged", { after: "72h", key: "ada's", data: { template: "x" } }),
  ),
]);

/** Rows of two people in all four tables. */
async function history(): Promise<{ test: TestEngine; ada: string; bob: string }> {
  const ringer = does("ringer", "ring", ({ contact }) => ({
    outcome: "failed",
    error: `the line of ${contact?.properties.email} is dead`,
    retry: "never",
  }));
  const test = await testEngine({ tasks: kinds, agents: [ringer], workflows: [more] });
  const forms = await test.engine.append([
    formSubmitted({ jobtitle: "CTO" }, "demo", "1"),
    formSubmitted({ email: "bob@acme.example", jobtitle: "CTO" }, "demo", "2"),
  ]);
  await test.engine.idle();
  // Decided once more, so that decisions stand alone as well.
  for (const { position } of forms)
    await test.engine.actions.replayEvent({ position: position, dryRun: false }, { by: "ada" });
  await test.engine.idle();
  const [ada, bob] = forms.map(({ contact }) => contact ?? "");
  for (const table of TABLES) {
    const rows = await test.engine.db.query(`select 1 from ${table} where contact = $1`, [ada]);
    assert.ok(rows.length > 0, `nothing of the contact in ${table}`);
  }
  return { test, ada: ada ?? "", bob: bob ?? "" };
}

describe("the history", () => {
  it("refuses to be changed, emptied or deleted, row by row and whole", async () => {
    const { test } = await history();
    await using _ = test;
    for (const table of TABLES) {
      for (const change of [...INSTEAD[table], ...BESIDES[table]])
        await refused(test.engine, `update ${table} set ${change}`);
      await refused(test.engine, EMPTYING[table]);
      await refused(test.engine, `update ${table} set contact = contact where false`);
    }
    for (const table of ["single_events", "settlements", "single_finished_tasks"])
      await refused(test.engine, `delete from ${table}`);
    for (const table of ["single_events", "settlements"]) await refused(test.engine, `truncate ${table}`);
    for (const statement of ["update events set type = 'event_erased'", "delete from events"])
      await refused(test.engine, statement);
  });

  it("refuses the same with the eraser's switch turned by hand, and every change that is not exactly an emptying", async () => {
    const { test } = await history();
    await using _ = test;
    for (const table of TABLES) {
      for (const change of [...INSTEAD[table], ...BESIDES[table]])
        await refused(test.engine, `update ${table} set ${change}`, true);
      for (const change of BESIDES[table])
        await refused(test.engine, EMPTYING[table].replace(" set (", ` set ${change}, (`), true);
    }
    for (const table of ["single_events", "settlements", "single_finished_tasks"])
      await refused(test.engine, `delete from ${table}`, true);
    for (const table of ["single_events", "settlements"]) await refused(test.engine, `truncate ${table}`, true);
    for (const statement of ["update events set type = 'event_erased'", "delete from events"])
      await refused(test.engine, statement, true);
    // The control: what is refused above is refused for its one difference.
    for (const table of TABLES) {
      await test.engine.db.transaction(async (tx) => {
        await tx.query(SWITCHED);
        await tx.query(EMPTYING[table]);
      });
    }
  });

  it("keeps positions, ids, causes, depth and times of what is emptied, and nobody else's rows change", async () => {
    const { test, ada, bob } = await history();
    await using _ = test;
    const { db } = test.engine;
    const kept = async () => ({
      events: await db.query(
        "select position, contact, cause, root, depth, partition, settled, occurred_at, recorded_at from events order by position",
      ),
      decisions: await db.query(
        "select event, workflow, version, contact, branch, decided_at from decisions order by event, workflow",
      ),
      tasks: await db.query(
        `select id, contact, root, due_at, created_at, started_at, finished_at, depth, priority, attempt, kind, state, requested_by, worker, causes
         from finished_tasks order by id`,
      ),
    });
    const others = async () => ({
      events: await db.query("select * from events where contact = $1 order by position", [bob]),
      decisions: await db.query("select * from decisions where contact = $1 order by event, workflow", [bob]),
      tasks: await db.query("select * from finished_tasks where contact = $1 order by id", [bob]),
    });
    const types = await db.query<{ position: number; type: string }>(
      "select position, type from events where contact = $1 order by position",
      [ada],
    );
    const [before, bobs] = [await kept(), await others()];
    const erase = () =>
      db.query<{ part: string }>("select part, rows from erase_history(array[$1::uuid], '{}', '{}')", [ada]);
    const erased = await erase();
    assert.deepEqual(
      erased.map(({ part }) => part),
      [...TABLES],
    );
    assert.deepEqual(await kept(), before);
    assert.deepEqual(await others(), bobs);
    const left = await db.query("select position, type, data from events where contact = $1 order by position", [ada]);
    assert.deepEqual(
      left,
      types.map(({ position, type }) => ({ position, type: "event_erased", data: { was: type } })),
    );
    const words = await db.query<{ word: string | null }>(
      `select because as word from decisions where contact = $1 union select merge_key from finished_tasks where contact = $1
       union select error from finished_tasks where contact = $1`,
      [ada],
    );
    assert.deepEqual([...new Set(words.map(({ word }) => word))].toSorted(), ["erased", null]);
    const held = await db.query(
      `select 1 from finished_tasks where contact = $1 and (payload::text <> 'null' or result is not null)
       union all select 1 from decisions where contact = $1 and outcomes::text like '%key%'`,
      [ada],
    );
    assert.deepEqual(held, []);
    assert.deepEqual(await erase(), [], "nothing is left to empty");
  });

  it("is read like before when rows of settlements are emptied: in every portion, by contact, by place, by task", async () => {
    const { test, ada } = await history();
    await using _ = test;
    const { db } = test.engine;
    await db.query("select * from erase_history(array[$1::uuid], '{}', '{}')", [ada]);
    const all = await db.query<{ position: number; contact: string | null }>(
      `select ${EVENT_COLUMNS} from events order by position`,
    );
    for (const limit of [1, 3, 1_000]) assert.deepEqual(await readEvents(db, 0, limit), all.slice(0, limit));
    const erased = all.filter(({ contact }) => contact === ada);
    assert.deepEqual(await readEvents(db, 0, 1_000, ["event_erased"]), erased);
    assert.deepEqual(await db.query(`select ${EVENT_COLUMNS} from events_of($1) order by position`, [ada]), erased);
    const last = erased.at(-1);
    assert.deepEqual(await db.query(`select ${EVENT_COLUMNS} from events_at($1)`, [last?.position]), [last]);
    const tasks = await db.query<{ id: number }>("select * from finished_tasks where contact = $1", [ada]);
    for (const task of tasks) assert.deepEqual(await db.query("select * from finished_task($1)", [task.id]), [task]);
    const made = await db.query("select * from decisions where contact = $1 order by event, workflow", [ada]);
    const positions = erased.map(({ position }) => position);
    assert.deepEqual(
      await db.query("select * from decisions_of($1, $2::bigint[]) order by event, workflow", [ada, positions]),
      made,
    );
  });

  it("closes the door behind the eraser: the same transaction changes nothing more", async () => {
    const { test, ada } = await history();
    await using _ = test;
    for (const table of TABLES) {
      const attempt = test.engine.db.transaction(async (tx) => {
        await tx.query("select * from erase_history(array[$1::uuid], '{}', '{}')", [ada]);
        await tx.query(`update ${table} set contact = contact`);
      });
      await assert.rejects(attempt, /The log is append-only/, table);
    }
  });
});

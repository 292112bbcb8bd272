/** The embedded database moves to an older server and back with its work in flight, by the same file as a backup. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type BackedUp, writeBackup } from "../../packages/millrace/src/backup/write-backup.ts";
import type { Clock } from "../../packages/millrace/src/base/clock.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { Database, serverVersion } from "../../packages/millrace/src/db/database.ts";
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does, findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { debianPostgres, hasDebianPostgres } from "../servers/debian-postgres.ts";
import { emptyDatabase, place, restoreInto } from "./backup.fixture.ts";

const skip = hasDebianPostgres ? false : "no PostgreSQL of the machine's own";

const calls = workflow("calls", { source: "test", about: "Each form is worked on by an agent outside." }, [
  on("form_submitted", task("ring_up" as never)),
]);
const tasks = { ring_up: { about: "Rings.", priority: "HIGH", dueIn: "5m", doneBy: "caller" } } as const;

/** The file of a database no engine uses. */
async function backUp(url: string, file: string): Promise<BackedUp> {
  const db = new Database({ url });
  try {
    return await writeBackup(db, { file, keysFrom: undefined });
  } finally {
    await db.close();
  }
}

describe("a move", { skip, timeout: 120_000 }, () => {
  it("from 18 to 15 and back keeps every row and the log's fingerprint; what was under way is done there, once", async () => {
    await using folder = await place();
    await using server = await debianPostgres();
    await using home = await emptyDatabase();
    const done: string[] = [];
    let isStuck = true;
    const caller = does("caller", "ring_up", async ({ contact }, { signal }) => {
      if (isStuck)
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
      done.push(String(contact?.properties.email));
      return { outcome: "completed" };
    });
    const config = { agents: [scoresByPoints, findsNothing, caller], workflows: [calls], tasks };
    await using test = await testEngine(config);
    for (let i = 0; i < 8; i++) await test.engine.append([formSubmitted({ email: `a${i}@b${i}.example`, points: 75 })]);
    // Some are in hand, some wait; timers of sequences stand.
    await until(async () => (await inHand(test.engine)) > 0);
    await test.engine.stop();
    const out = await backUp(test.url, folder.file("18.backup"));
    const there = await restoreInto(server.url, folder.path, folder.file("18.backup"), { isMove: true });
    assert.equal(there.log, out.log);
    assert.deepEqual(there.tables, out.tables);
    isStuck = false;
    await using atServer = await opened({ ...config, databaseUrl: server.url }, test.clock);
    const moved = atServer.engine;
    assert.match(await serverVersion(moved.db), /^1[5-7]\./);
    // Leases of the old engine run out by the database's clock.
    await moved.db.query("update task_claims set lease_until = clock_timestamp() - interval '1 s'");
    await until(() => {
      // They wait a little before they are tried again.
      test.clock.advance(10_000);
      return done.length === 8;
    });
    await moved.append([formSubmitted({ email: "new@there.example", points: 75 })]);
    await moved.idle();
    assert.deepEqual(done.toSorted(), [
      ...Array.from({ length: 8 }, (_, i) => `a${i}@b${i}.example`),
      "new@there.example",
    ]);
    assert.equal((await moved.queries.restore({})).isHeld, false);
    await moved.stop();
    const back = await backUp(server.url, folder.file("15.backup"));
    const again = await restoreInto(home.url, folder.path, folder.file("15.backup"), { isMove: true });
    assert.equal(again.log, back.log);
    await using atHome = await opened({ ...config, databaseUrl: home.url }, test.clock);
    const last = atHome.engine;
    await last.idle();
    const [row] = await last.db.query<{ contacts: number }>("select count(*)::int as contacts from contacts");
    assert.deepEqual(row, { contacts: 9 });
    assert.equal(done.length, 9);
    await last.stop();
  });
});

/** Stopped whatever comes. */
async function opened(config: MillraceConfig, clock: Clock) {
  const engine = await openEngine(config, { clock, onError: () => {} });
  return { engine, [Symbol.asyncDispose]: () => engine.stop() };
}

async function inHand({ db }: EngineHandle): Promise<number> {
  return (await db.query("select from tasks where kind = 'ring_up' and state = 'IN_PROGRESS'")).length;
}

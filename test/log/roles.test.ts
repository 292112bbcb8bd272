/** An engine runs as a role that owns nothing: it changes no schema, and the log only by adding to it. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { grantRuntime } from "../../packages/millrace/src/db/grants.ts";
import { refreshStatistics } from "../../packages/millrace/src/db/statistics.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { execute, freshDatabase } from "../factories/database.ts";
import { formSubmitted } from "../factories/engine.ts";

/** A fresh database, and its address as a role that may run an engine. */
async function runtime() {
  const database = await freshDatabase();
  const role = `app_${new URL(database.url).pathname.slice(1)}`;
  await execute(database.url, `create role ${role} login password 'app'`);
  const owner = new Database({ url: database.url, maxConnections: 2 });
  await grantRuntime(owner, role);
  await grantRuntime(owner, role);
  const url = Object.assign(new URL(database.url), { username: role, password: "app" }).href;
  return {
    url,
    owner,
    async [Symbol.asyncDispose]() {
      await owner.query(`drop owned by ${role}`);
      await owner.close();
      await database.drop();
      await execute(Object.assign(new URL(database.url), { pathname: "/postgres" }).href, `drop role ${role}`);
    },
  };
}

const refused = [
  "update single_events set type = 'x'",
  "delete from single_events",
  "truncate single_events",
  "update settlements set types = '{}'",
  "delete from settlements",
  "delete from single_decisions",
  "update single_finished_tasks set error = 'x'",
  "delete from single_finished_tasks",
  "set millrace.erasing = 'on'; update single_events set type = 'x'",
  "set millrace.replaying = 'on'; delete from single_decisions",
  "alter table single_events disable trigger all",
  "drop table contacts",
  "create table mine (id int)",
  "create function mine() returns int language sql as 'select 1'",
  "update kysely_migration set name = 'x'",
  "delete from kysely_migration",
];

describe("the role of an engine", () => {
  it("is refused every change of the schema and of the log", async () => {
    await using at = await runtime();
    const db = new Database({ url: at.url, maxConnections: 1 });
    try {
      for (const statement of refused)
        await assert.rejects(
          db.transaction((tx) => tx.script(statement)),
          { code: "42501" },
          statement,
        );
    } finally {
      await db.close();
    }
  });

  it("is enough for all an engine does: decide, send, erase, decide once more, analyze, build a consumer anew", async () => {
    await using at = await runtime();
    const dataFolder = await mkdtemp(join(tmpdir(), "millrace-roles-"));
    const errors: unknown[] = [];
    const engine = await openEngine(
      { databaseUrl: at.url, dataFolder, agents: [scoresByPoints, findsNothing], engine: { sweepMs: 500 } },
      { onError: (error) => void errors.push(error) },
    );
    try {
      for (let i = 0; i < 40; i++) await engine.append([formSubmitted({ email: `a${i}@b${i}.example`, points: 90 })]);
      await engine.idle();
      const [form] = await engine.db.query<{ position: number; contact: string }>(
        "select position, contact from events where type = 'form_submitted' order by position limit 1",
      );
      await engine.actions.replayEvent({ position: form?.position ?? 0, dryRun: false }, { by: "ada" });
      await engine.actions.eraseContact({ contact: form?.contact ?? "" }, { by: "ada" });
      await engine.actions.rebuildConsumer({ consumer: "analytics" }, { by: "ada" });
      await engine.idle();
      await engine.caughtUp();
      const held = await engine.db.query("select 1 from events where data::text like '%a0@b0.example%'");
      assert.deepEqual(held, []);
      await refreshStatistics(engine.db);
      const [stats] = await at.owner.query<{ times: number }>(
        "select analyze_count as times from pg_stat_user_tables where relname = 'single_events'",
      );
      assert.ok((stats?.times ?? 0) > 0, "analyzed, though it is the owner's table");
      assert.deepEqual(errors, []);
    } finally {
      await engine.stop();
      await rm(dataFolder, { recursive: true, force: true });
    }
  });
});

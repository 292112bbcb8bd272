/** Behind a pooler the engine works where connections keep their session, and refuses to start where they do not. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { poolingOf } from "../../packages/millrace/src/db/pooler.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { millrace, projectFolder } from "../cli/cli.ts";
import { freshDatabase } from "../factories/database.ts";
import { formSubmitted } from "../factories/engine.ts";
import { traceOf } from "../factories/trace.ts";
import { until } from "../factories/until.ts";
import { hasPgbouncer, pgbouncer } from "../servers/pgbouncer.ts";

const skip = hasPgbouncer ? false : "no PgBouncer on this machine";
const SETTINGS = `select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement,
  current_setting('idle_in_transaction_session_timeout') as idle, current_setting('timezone') as zone`;
const IN_FORCE = { lock: "5s", statement: "9s", idle: "10s", zone: "UTC" };

describe("straight to the server", () => {
  it("there is no pooler, and every connection has its limits", async () => {
    const database = await freshDatabase();
    const db = new Database({ url: database.url });
    assert.equal(await poolingOf(db), "none");
    assert.deepEqual(await db.query(SETTINGS), [IN_FORCE]);
    await db.close();
    await database.drop();
  });
});

describe("PgBouncer in session mode, as it is installed", { skip, timeout: 60_000 }, () => {
  it("is taken: the limits hold, forms are decided and answered", async () => {
    const database = await freshDatabase();
    const pooler = await pgbouncer(database.url, "session");
    const engine = await openEngine({ databaseUrl: pooler.url }, { onError: (error) => assert.fail(String(error)) });
    assert.equal(await poolingOf(engine.db), "session");
    assert.deepEqual(await engine.db.query(SETTINGS), [IN_FORCE]);
    await engine.append([formSubmitted()]);
    await until(async () => (await traceOf(engine)).emails.includes("thank_you sent"));
    await engine.stop();
    await pooler[Symbol.asyncDispose]();
    await database.drop();
  });
});

describe("PgBouncer in transaction mode", { skip, timeout: 60_000 }, () => {
  it("is refused by name, by the engine and by the doctor", async () => {
    const database = await freshDatabase();
    const pooler = await pgbouncer(database.url, "transaction");
    await assert.rejects(openEngine({ databaseUrl: pooler.url }, { onError: () => {} }), {
      code: "database_setup",
      message: /pooler in transaction mode/,
    });
    await using folder = await projectFolder();
    const { code, stdout } = await millrace(["doctor"], { cwd: folder.path, env: { DATABASE_URL: pooler.url } });
    assert.equal(code, 6);
    assert.match(stdout, /through a pooler in transaction mode/);
    await pooler[Symbol.asyncDispose]();
    await database.drop();
  });
});

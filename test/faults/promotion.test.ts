/** DATABASE_URL with several hosts: the one that takes writes is found, and found anew when a standby is promoted. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { debianPostgres, hasDebianPostgres } from "../servers/debian-postgres.ts";

const skip = hasDebianPostgres ? false : "no PostgreSQL of the machine's own";
const lead = (i: number) => formSubmitted({ email: `a${i}@b${i}.example`, points: 50 });

describe("a primary and its streaming standby", { skip, timeout: 120_000 }, () => {
  it("a start finds the primary wherever it stands in the list; behind a promotion forms are taken again, none is lost", async () => {
    await using primary = await debianPostgres();
    await using standby = await primary.standby();
    const databaseUrl = `postgres://admin@127.0.0.1:${standby.port},127.0.0.1:${primary.port}/millrace?target_session_attrs=read-write`;
    const engine = await openEngine(
      { databaseUrl, agents: [scoresByPoints, findsNothing], engine: { sweepMs: 500, answerWithinMs: 3_000 } },
      { onError: () => {} },
    );
    try {
      const taken: number[] = [];
      for (let i = 0; i < 20; i++) {
        await engine.append([lead(i)]);
        taken.push(i);
      }
      await until(async () => (await lag(primary.port)) === 0);
      await primary.kill();
      await standby.promote();
      const begun = performance.now();
      await until(async () => {
        const [appended] = await engine.append([lead(20)]).catch(() => []);
        return appended !== undefined;
      });
      const backMs = performance.now() - begun;
      for (let i = 21; i < 30; i++) await engine.append([lead(i)]);
      await engine.idle();
      const [row] = await engine.db.query<{ contacts: number; forms: number }>(
        `select (select count(*)::int from contacts) as contacts,
                (select count(*)::int from events where type = 'form_submitted') as forms`,
      );
      assert.deepEqual(row, { contacts: 30, forms: 30 });
      assert.ok(backMs < 10_000, `forms again after ${Math.round(backMs)} ms`);
      assert.equal((await engine.queries.restore({})).isHeld, false, "nothing was lost, so nothing is held");
      assert.match(engine.db.url, new RegExp(`:${standby.port}/`));
    } finally {
      await engine.stop();
    }
  });

  it("a standby alone is waited for, and named when the wait is over", async () => {
    await using primary = await debianPostgres();
    await using standby = await primary.standby();
    await primary.kill();
    const databaseUrl = `postgres://admin@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/millrace`;
    await assert.rejects(
      openEngine({ databaseUrl, engine: { waitForDatabaseMs: 500 } }, { onError: () => {} }),
      (error: Error) => {
        assert.match(error.message, /none of the hosts takes writes/);
        assert.match(error.message, /a standby/);
        return true;
      },
    );
  });
});

/** Bytes the standby is behind by. */
async function lag(port: number): Promise<number> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ host: "127.0.0.1", port, user: "admin", database: "postgres" });
  await client.connect();
  const { rows } = await client.query(
    "select pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::int as bytes from pg_stat_replication",
  );
  await client.end();
  return rows[0]?.bytes ?? -1;
}

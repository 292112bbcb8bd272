/**
 * A database of the version before the packages, made by that version itself from the repository's history, with work in
 * flight: the new version upgrades it and goes on. Skipped where the history is not there (an archive, a shallow clone).
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { ManualClock } from "../../packages/millrace/src/base/clock.ts";
import type { Queryable } from "../../packages/millrace/src/db/database.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { freshDatabase } from "../factories/database.ts";
import { until } from "../factories/until.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** The last commit before the repository became four packages. */
const BEFORE = "6746b302dd152b33d683c16806d226c9ed0e8e3b";

function hasHistory(): boolean {
  return spawnSync("git", ["cat-file", "-e", `${BEFORE}^{commit}`], { cwd: ROOT }).status === 0;
}

/** That version's sources in a folder of their own, with the packages of this checkout. */
function oldCheckout(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "millrace-before-"));
  const archive = execFileSync("git", ["archive", BEFORE, "src", "migrations", "package.json"], {
    cwd: ROOT,
    maxBuffer: 64 * 1024 * 1024,
  });
  execFileSync("tar", ["-x", "-C", path], { input: archive });
  symlinkSync(join(ROOT, "node_modules"), join(path, "node_modules"), "junction");
  mkdirSync(join(path, "test"));
  cpSync(join(import.meta.dirname, "before.ts"), join(path, "test", "before.ts"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

function openTasks(db: Queryable): Promise<{ id: number; kind: string; state: string }[]> {
  return db.query("select id, kind, state from tasks order by id");
}

it("a database of the version before, with open tasks, timers and held e-mails, is upgraded and goes on", {
  skip: hasHistory() ? false : "the repository's history is not here",
}, async () => {
  const database = await freshDatabase("empty");
  using old = oldCheckout();
  const made = spawnSync(process.execPath, [join(old.path, "test", "before.ts"), database.url], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  const left = JSON.parse(made.stdout) as {
    log: string;
    now: number;
    review: number;
    begun: number;
    held: number;
    timers: number;
  };
  assert.ok(left.review > 0 && left.begun > 0 && left.timers > 0, made.stdout);

  const clock = new ManualClock(left.now);
  const errors: unknown[] = [];
  const engine = await openEngine({ databaseUrl: database.url }, { clock, onError: (error) => errors.push(error) });
  try {
    await engine.idle();
    const sent = await engine.db.query("select 1 from emails where state = 'sent'");
    assert.ok(sent.length > 0, "what was held is sent");
    await until(async () => !(await openTasks(engine.db)).some(({ id }) => id === left.begun));
    const story = await engine.db.query<{ type: string; attempt: number }>(
      "select type, (data->>'attempt')::int as attempt from events where data->>'task' = $1 and type in ('task_status_changed', 'task_completed') order by position",
      [String(left.begun)],
    );
    assert.deepEqual(
      story.map(({ type, attempt }) => `${type} ${attempt}`),
      ["task_status_changed 1", "task_status_changed 1", "task_status_changed 2", "task_completed 2"],
      "what the version before had begun is taken back and done, and each begin is told once",
    );
    const waiting = await openTasks(engine.db);
    assert.deepEqual(
      waiting.filter(({ id }) => id === left.review).map(({ state }) => state),
      ["WAITING"],
      "a person's task still waits",
    );

    await engine.actions.completeTask({ id: left.review, result: "reached" }, { by: "ada" });
    clock.advance(8 * 86_400_000);
    await engine.idle();
    assert.ok(!(await openTasks(engine.db)).some(({ id }) => id === left.review), "and can be completed");
    const timers = await engine.db.query<{ due: number }>(
      "select 1 from scheduled_events where due_at <= to_timestamp($1::float8 / 1000)",
      [clock.now()],
    );
    assert.deepEqual(timers, [], "its timers fired");

    const [{ log } = { log: "" }] = await engine.db.query<{ log: string }>(
      "select md5(string_agg(position || type || data::text, ',' order by position)) as log from events where position <= $1",
      [JSON.parse(made.stdout).newest],
    );
    assert.equal(log, left.log, "the history is the same to the letter");
    assert.deepEqual(errors, []);
  } finally {
    await engine.stop();
    await database.drop();
  }
});

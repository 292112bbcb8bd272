/** The way to the database goes silent, loses an answer, or is not there yet: every wait has an end, and what is said is true. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { Database, endAtOnce } from "../../packages/millrace/src/db/database.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { problemOf } from "../../packages/millrace/src/http/problem.ts";
import { readinessOf } from "../../packages/millrace/src/queries/rows/readiness.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { background, projectFolder } from "../cli/cli.ts";
import { freshDatabase } from "../factories/database.ts";
import { formSubmitted } from "../factories/engine.ts";
import { traceOf } from "../factories/trace.ts";
import { until } from "../factories/until.ts";
import { debianPostgres, hasDebianPostgres } from "../servers/debian-postgres.ts";
import { silentProxy } from "../servers/silent-proxy.ts";

const noServer = hasDebianPostgres ? false : "no PostgreSQL of the machine's own";
const quick = { sweepMs: 200, drainMs: 200, answerWithinMs: 2_000 };

// Where a wait has no end, the test's own limit has said so; what it waits for would keep this process for ever.
after(() => setTimeout(() => process.exit(1), 20_000).unref());

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

describe("an engine whose database goes silent", () => {
  it("says so, refuses forms in time, and takes them again within five seconds of its end", {
    timeout: 90_000,
  }, async () => {
    const database = await freshDatabase();
    await using proxy = await silentProxy(database.url);
    const engine = await openEngine({ databaseUrl: proxy.through(database.url), engine: quick }, { onError: () => {} });
    try {
      await engine.append([formSubmitted({ email: "before@acme.example" })]);
      await engine.idle();
      proxy.goSilent();
      const refused = engine.append([formSubmitted({ email: "meanwhile@acme.example" })]).then(
        () => undefined,
        (error: unknown) => error,
      );
      const readyIn = await seconds(async () => {
        const { ok, reasons } = await readinessOf(engine);
        assert.equal(ok, false, reasons.join());
      });
      assert.ok(readyIn < 3, `readiness took ${readyIn} s`);
      let error: unknown;
      const refusedIn = await seconds(async () => {
        error = await refused;
      });
      assert.ok(refusedIn < 15, `a form was refused after ${refusedIn} s`);
      assert.equal(problemOf(error).problem.status, 503);
      proxy.heal();
      const takenIn = await seconds(() =>
        until(async () => {
          const [taken] = await engine
            .append([formSubmitted({ email: "after@acme.example" }, "demo", "after")])
            .catch(() => []);
          return taken !== undefined;
        }),
      );
      assert.ok(takenIn < 5, `a form was taken after ${takenIn} s`);
      await until(async () => (await readinessOf(engine)).ok);
      await until(async () => (await traceOf(engine)).emails.length === 2);
      const forms = await engine.db.query<{ email: string }>(
        "select data->'fields'->>'email' as email from events where type = 'form_submitted' order by position",
      );
      assert.deepEqual(
        forms.map(({ email }) => email),
        ["before@acme.example", "after@acme.example"],
      );
    } finally {
      await engine.stop();
      await database.drop();
    }
  });

  it("ends within ten seconds when it is asked to", { timeout: 90_000 }, async () => {
    const database = await freshDatabase();
    await using folder = await projectFolder();
    await using proxy = await silentProxy(database.url);
    const env = { DATABASE_URL: proxy.through(database.url) };
    await using started = await background(["start", "--port", "0", "--no-hubspot"], { cwd: folder.path, env });
    proxy.goSilent();
    const form = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"email":"ada@acme.example"}',
    };
    const asked = fetch(`${started.first.url}/forms/demo`, form).catch(() => undefined);
    assert.equal((await fetch(`${started.first.url}/readyz`)).status, 503);
    const endedIn = await seconds(async () => assert.equal(await started.stop("SIGTERM"), 1));
    await asked;
    assert.ok(endedIn < 10.5, `it ended after ${endedIn} s`);
    assert.match(started.output.stderr, /did not end within 9\.5 s/);
    await database.drop();
  });
});

describe("a commit whose answer is lost", () => {
  it("is looked for, and answered by what the log says", { timeout: 60_000 }, async () => {
    const database = await freshDatabase();
    await using proxy = await silentProxy(database.url);
    const engine = await openEngine(
      { databaseUrl: proxy.through(database.url), engine: { ...quick, sweepMs: 60_000, maxConnections: 2 } },
      { onError: () => {} },
    );
    try {
      for (let i = 0; i < 12; i++) {
        proxy.loseAnswerTo("commit");
        const id = i % 2 === 0 ? `form-${i}` : undefined;
        const [taken] = await engine.append([formSubmitted({ email: `lead${i}@acme.example` }, "demo", id)]);
        const [inLog] = await engine.db.query<{ position: number; contact: string }>(
          "select position, contact from events where type = 'form_submitted' and data->'fields'->>'email' = $1",
          [`lead${i}@acme.example`],
        );
        assert.deepEqual({ position: taken?.position, contact: taken?.contact }, inLog);
      }
    } finally {
      await engine.stop();
      await database.drop();
    }
  });
});

describe("a result of a task whose commit's answer is lost", () => {
  it("counts once, and is not called discarded", { timeout: 60_000 }, async () => {
    const database = await freshDatabase();
    await using proxy = await silentProxy(database.url);
    const calls: number[] = [];
    const engine = await openEngine(
      {
        databaseUrl: proxy.through(database.url),
        pack: false,
        workflows: [workflow("looks", {}, [on("form_submitted", task("enrich_data"))])],
        agents: [
          {
            name: "looker",
            kinds: ["enrich_data"],
            isPure: false,
            run: async (tasks) => {
              calls.push(...tasks.map(({ id }) => id));
              proxy.loseAnswerTo("commit");
              return tasks.map(() => ({ outcome: "completed", result: { seen: true } }));
            },
          },
        ],
        engine: { ...quick, sweepMs: 60_000 },
      },
      { onError: () => {} },
    );
    try {
      await engine.append([formSubmitted({}, "demo", "one")]);
      await until(async () => (await engine.db.query("select 1 from finished_tasks").catch(() => [])).length === 1);
      await engine.idle();
      const said = await engine.db.query<{ type: string }>(
        "select type from events where type like 'task%' order by position",
      );
      assert.deepEqual(
        said.map(({ type }) => type),
        ["task_status_changed", "task_completed"],
      );
      assert.equal(calls.length, 1);
    } finally {
      await engine.stop();
      await database.drop();
    }
  });
});

describe("a database that lets nobody in", { skip: noServer, timeout: 60_000 }, () => {
  for (const [why, at] of [
    ["it has another name now", (url: string) => url.replace("/millrace", "/elsewhere")],
    ["the role may not log in any more", (url: string) => url.replace("admin@", "locked@")],
    ["the role is gone", (url: string) => url.replace("admin@", "nobody@")],
  ] as const) {
    it(`is an answer to come back for, and nothing was recorded: ${why}`, async () => {
      await using server = await debianPostgres();
      const admin = new Database({ url: server.url, maxConnections: 1 });
      await admin.query("create role locked nologin");
      const db = new Database({ url: at(server.url), maxConnections: 1 });
      const error: unknown = await db.query("select 1").catch((thrown: unknown) => thrown);
      const { problem } = problemOf(error);
      assert.equal(problem.status, 503);
      assert.match(problem.message, /Nothing was recorded/);
      await Promise.all([db.close(), admin.close()]);
    });
  }
});

describe("a start whose database is not there yet", () => {
  it("waits for it, and says so", { timeout: 60_000 }, async () => {
    const database = await freshDatabase();
    const first = await silentProxy(database.url);
    const url = first.through(database.url);
    await first[Symbol.asyncDispose]();
    const said: string[] = [];
    const listen = (text: string) => said.push(text);
    const logger = { debug() {}, info() {}, warn: (_: object, text: string) => listen(text), error() {} };
    const starting = openEngine({ databaseUrl: url, engine: quick }, { logger, onError: () => {} });
    await until(async () => said.length > 0);
    assert.match(said[0] ?? "", /ECONNREFUSED.*waited for, 60 s at most/s);
    await using _proxy = await silentProxy(database.url, first.port);
    const engine = await starting;
    await engine.append([formSubmitted()]);
    await engine.stop();
    await database.drop();
  });

  it("waits for a connection where others have taken all there are", { skip: noServer, timeout: 60_000 }, async () => {
    await using server = await debianPostgres();
    const others = await allConnections(server.url);
    const waits = Promise.withResolvers<string>();
    const logger = { debug() {}, info() {}, warn: (_: object, text: string) => waits.resolve(text), error() {} };
    const starting = openEngine({ databaseUrl: server.url, engine: quick }, { logger, onError: () => {} });
    assert.match(await Promise.race([waits.promise, starting.then(() => "")]), /too many clients.*waited for/s);
    for (const other of others) endAtOnce(other);
    const engine = await starting;
    await engine.append([formSubmitted()]);
    await engine.stop();
  });

  it("ends with what to do when it does not come", async () => {
    const config = { databaseUrl: "postgres://127.0.0.1:1/none", engine: { ...quick, waitForDatabaseMs: 600 } };
    await assert.rejects(openEngine(config, { logger: silent, onError: () => {} }), { code: "database_unavailable" });
  });
});

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Every connection the server gives. */
async function allConnections(url: string) {
  const db = new Database({ url });
  const taken: Awaited<ReturnType<Database["connect"]>>[] = [];
  for (;;) {
    const client = await db.connect().catch(() => undefined);
    if (client === undefined) return taken;
    taken.push(client);
  }
}

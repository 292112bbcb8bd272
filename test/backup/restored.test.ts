/** A restored or copied database sends nothing a second time: what leaves is kept in until an admin has confirmed it. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { writeBackup } from "../../packages/millrace/src/backup/write-backup.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { readHealth } from "../../packages/millrace/src/queries/rows/health.ts";
import { readinessOf } from "../../packages/millrace/src/queries/rows/readiness.ts";
import { readSeen, writeSeen } from "../../packages/millrace/src/restore/seen-file.ts";
import { testCrm } from "../crm/crm.fixture.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { execute, withDatabase } from "../factories/database.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { mailServer } from "../servers/smtp.ts";
import { emptyDatabase, place, restoreInto } from "./backup.fixture.ts";

const agents = [scoresByPoints, findsNothing];
const by = "ada";

/** An engine with an e-mail that waits when it is backed up, and leaves afterwards. */
async function lettersSince(smtp: string, file: string): Promise<TestEngine> {
  const test = await testEngine({ agents, mail: { smtpUrl: smtp } }, { roles: ["engine"] });
  await test.engine.append([formSubmitted({ points: 10 })]);
  await letterWaits(test);
  await writeBackup(test.engine.db, { file, keysFrom: undefined });
  const worker = await openEngine(
    { databaseUrl: test.url, agents, mail: { smtpUrl: smtp } },
    { clock: test.clock, onError: () => {} },
  );
  await worker.append([formSubmitted({ points: 10, email: "grace@later.example" })]);
  await worker.idle();
  await worker.stop();
  return test;
}

/** No worker runs in the process that takes the form. */
function letterWaits({ engine }: TestEngine): Promise<void> {
  return until(async () => (await engine.db.query("select from tasks where kind = 'send_email'")).length > 0);
}

async function alertsOf({ db }: EngineHandle): Promise<string[]> {
  const rows = await db.query<{ name: string }>("select name from alerts where name = 'database_restored'");
  return rows.map(({ name }) => name);
}

describe("after a restore", () => {
  it("an e-mail that left meanwhile is not sent again, admin is alerted once, and what comes in is taken", async () => {
    await using folder = await place();
    await using other = await emptyDatabase();
    await using smtp = await mailServer();
    await using test = await lettersSince(smtp.url, folder.file("a.backup"));
    assert.deepEqual(smtp.recipients().toSorted(), ["ada@acme-systems.example", "grace@later.example"]);
    assert.equal((await restoreInto(other.url, folder.path, folder.file("a.backup"))).isHeld, true);
    const config = { databaseUrl: other.url, agents, mail: { smtpUrl: smtp.url } };
    const said: string[] = [];
    const logger = { debug() {}, info() {}, warn: (_: object, text: string) => void said.push(text), error() {} };
    const first = await openEngine(config, { clock: test.clock, logger });
    await first.append([formSubmitted({ points: 10, email: "new@newcomer.example" })]);
    await first.idle();
    await first.stop();
    assert.match(said.join("\n"), /restored from a backup of .* Mail, CRM writes and webhooks are kept in/);
    const restored = await openEngine(config, { clock: test.clock, onError: () => {} });
    try {
      await restored.idle();
      assert.equal(smtp.letters.length, 2, "nothing left");
      assert.deepEqual(await alertsOf(restored), ["database_restored"]);
      const health = await readHealth(restored.db, undefined);
      assert.equal(health.status, "ill");
      assert.match(health.reasons.join(), /millrace restore confirm/);
      const ready = await readinessOf({
        ...restored,
        db: restored.db,
        clockWatch: restored.clockWatch,
        monitorEveryMs: undefined,
        oldestArrivalMs: 0,
      });
      assert.equal(ready.ok, true);
      assert.match(ready.reasons.join(), /restored or copied/);
      assert.equal((await restored.queries.mail({})).isPaused, true);
      const state = await restored.queries.restore({});
      assert.deepEqual([state.isHeld, state.restore?.how, state.emails], [true, "restored", 1]);
      // "It left meanwhile": the old e-mail is cancelled, that of the newcomer goes.
      assert.equal((await restored.actions.confirmRestore({ emails: "cancel" }, { by })).cancelled, 1);
      await restored.idle();
      assert.deepEqual(smtp.recipients().slice(2), ["new@newcomer.example"]);
      assert.equal((await restored.queries.restore({})).isHeld, false);
      await assert.rejects(restored.actions.confirmRestore({ emails: "send" }, { by }), { code: "not_found" });
      const facts = await restored.db.query(
        "select 1 from events where type in ('database_restored', 'restore_confirmed')",
      );
      assert.equal(facts.length, 2);
    } finally {
      await restored.stop();
    }
  });

  it("emails that had not left are sent when the admin says so", async () => {
    await using folder = await place();
    await using other = await emptyDatabase();
    await using smtp = await mailServer();
    await using test = await testEngine({ agents, mail: { smtpUrl: smtp.url } }, { roles: ["engine"] });
    await test.engine.append([formSubmitted({ points: 10 })]);
    await letterWaits(test);
    await writeBackup(test.engine.db, { file: folder.file("a.backup"), keysFrom: undefined });
    await restoreInto(other.url, folder.path, folder.file("a.backup"));
    const restored = await openEngine(
      { databaseUrl: other.url, agents, mail: { smtpUrl: smtp.url } },
      { clock: test.clock },
    );
    try {
      await restored.idle();
      assert.equal(smtp.letters.length, 0);
      await restored.actions.confirmRestore({ emails: "send" }, { by });
      await restored.idle();
      assert.deepEqual(smtp.recipients(), ["ada@acme-systems.example"]);
    } finally {
      await restored.stop();
    }
  });

  it("a move of a stopped engine is no restore: all goes on at once; of a running one it is refused", async () => {
    await using folder = await place();
    await using other = await emptyDatabase();
    await using smtp = await mailServer();
    const mail = { smtpUrl: smtp.url };
    await using test = await testEngine({ agents, mail }, { roles: ["engine"] });
    await test.engine.append([formSubmitted({ points: 10 })]);
    await letterWaits(test);
    await writeBackup(test.engine.db, { file: folder.file("running.backup"), keysFrom: undefined });
    const asMove = { isMove: true };
    await assert.rejects(restoreInto(other.url, folder.path, folder.file("running.backup"), asMove), /was running/);
    await test.engine.stop();
    const { Database } = await import("../../packages/millrace/src/db/database.ts");
    const db = new Database({ url: test.url });
    await writeBackup(db, { file: folder.file("stopped.backup"), keysFrom: undefined });
    await db.close();
    assert.equal((await restoreInto(other.url, folder.path, folder.file("stopped.backup"), asMove)).isHeld, false);
    const moved = await openEngine({ databaseUrl: other.url, agents, mail }, { clock: test.clock, onError: () => {} });
    try {
      await moved.idle();
      assert.deepEqual(smtp.recipients(), ["ada@acme-systems.example"]);
      assert.deepEqual(await alertsOf(moved), []);
    } finally {
      await moved.stop();
    }
  });
});

describe("a database that was copied by other means", () => {
  it("holds what leaves: subscribers outside get nothing before it is confirmed, then what is new", async () => {
    await using test = await testEngine({ agents });
    await test.engine.append([formSubmitted({ points: 10 })]);
    await test.engine.idle();
    await using receiver = await webhookReceiver();
    const subscribers = {
      crm: { url: receiver.url, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", from: "start" },
    } as const;
    await using copy = await copyOf(test);
    const engine = await openEngine(
      { databaseUrl: copy.url, agents, subscribers },
      { clock: test.clock, onError: () => {} },
    );
    try {
      await engine.idle();
      assert.equal((await engine.queries.restore({})).restore?.how, "copied");
      assert.equal(receiver.taken.length, 0);
      await engine.actions.confirmRestore({ emails: "send" }, { by });
      await engine.caughtUp();
      assert.ok(receiver.taken.length > 0);
    } finally {
      await engine.stop();
    }
  });

  it("writes nothing to HubSpot before it is confirmed", async () => {
    await using crm = await testCrm();
    await crm.test.engine.actions.holdRestore({}, { by });
    await crm.test.engine.append([formSubmitted({ firstname: "Ada" })]);
    await crm.test.engine.idle();
    assert.deepEqual(crm.records("contacts"), []);
    await crm.test.engine.actions.confirmRestore({ emails: "send" }, { by });
    crm.test.clock.advance(20_000);
    await crm.test.engine.idle();
    assert.equal(crm.records("contacts").length, 1);
  });
});

describe("a database that went back", () => {
  it("holds what leaves, with the range that is missing; a second look says nothing new", async () => {
    await using folder = await place();
    await using test = await testEngine({ agents });
    const config: MillraceConfig = { databaseUrl: test.url, agents, dataFolder: folder.path };
    const first = await openEngine(config, { clock: test.clock, onError: () => {} });
    await first.append([formSubmitted({ points: 10 })]);
    await first.idle();
    await first.stop();
    const seen = await readSeen(folder.path);
    const [row] = await test.engine.db.query<{ newest: number }>("select newest_position() as newest");
    assert.equal(seen?.newest, row?.newest);
    assert.equal((await test.engine.queries.restore({})).isHeld, false);
    // As a standby that lagged behind, or a snapshot of the server's disk: this machine has seen more.
    if (seen !== undefined) await writeSeen(folder.path, { ...seen, newest: seen.newest + 12 });
    for (let i = 0; i < 2; i++) {
      const again = await openEngine(config, { clock: test.clock, onError: () => {} });
      // Stopped whatever is found: an engine that is left running keeps the process, and with it the word of what failed.
      try {
        const { restore } = await again.queries.restore({});
        assert.deepEqual(
          [restore?.how, restore?.newest, restore?.lastMissing],
          ["went_back", seen?.newest, (seen?.newest ?? 0) + 12],
        );
        assert.deepEqual((await again.db.query("select from restores")).length, 1);
      } finally {
        await again.stop();
      }
    }
    await test.engine.actions.confirmRestore({ emails: "send" }, { by });
    const last = await openEngine(config, { clock: test.clock, onError: () => {} });
    assert.equal((await last.queries.restore({})).isHeld, false);
    await last.stop();
  });

  it("is seen while the engine runs, when its connections were lost", async () => {
    await using folder = await place();
    await using test = await testEngine({ agents, dataFolder: folder.path });
    await test.engine.append([formSubmitted({ points: 10 })]);
    await test.engine.idle();
    const seen = await readSeen(folder.path);
    assert.ok(seen !== undefined);
    await writeSeen(folder.path, { ...seen, newest: seen.newest + 500 });
    await test.engine.db.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await until(async () => (await test.engine.queries.restore({}).catch(() => undefined))?.isHeld === true);
  });
});

interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly taken: string[];
}

async function webhookReceiver(): Promise<Receiver> {
  const taken: string[] = [];
  const server = createServer((request, response) => {
    taken.push(String(request.headers["webhook-id"]));
    request.resume().on("end", () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    taken,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As `createdb -T` makes it; the engine of the original is stopped for it. */
async function copyOf(test: TestEngine) {
  await test.engine.stop();
  const name = new URL(test.url).pathname.slice(1);
  const cluster = withDatabase(test.url, "postgres");
  await execute(cluster, `create database ${name}_copy template ${name}`);
  return {
    url: withDatabase(test.url, `${name}_copy`),
    [Symbol.asyncDispose]: () => execute(cluster, `drop database if exists ${name}_copy with (force)`),
  };
}

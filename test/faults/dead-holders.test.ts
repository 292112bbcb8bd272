/** What a killed process of this machine held is gone on with at once; what one that stands still holds is not taken from it. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { claimTasks } from "../../packages/millrace/src/tasks/queue.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";

const MODULE = new URL("../../packages/millrace/src/base/process-name.ts", import.meta.url).href;
const PROGRAM = `import { processName } from ${JSON.stringify(MODULE)}; console.log(processName()); setInterval(() => {}, 1000);`;
/** Longer than any test. */
const LEASE_MS = 600_000;

async function another(): Promise<{ child: ChildProcess; name: string }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, name: line.toString().trim() };
}

/** A receiver of webhooks that answers as it is told. */
async function receiver() {
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push(String(request.headers["webhook-id"]));
    response.on("finish", () => (made.answered += 1));
    request.resume().on("end", () => void made.answer().then((status) => response.writeHead(status).end()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const made = {
    received,
    answered: 0,
    subscriber: { url, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", types: ["form_submitted"] },
    answer: async () => 204,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
  return made;
}

describe("what another process of this machine holds", {
  skip: process.platform !== "linux" && "only Linux tells",
}, () => {
  let dead: string;
  let frozen: { child: ChildProcess; name: string };
  before(async () => {
    const killed = await another();
    killed.child.kill("SIGKILL");
    await once(killed.child, "exit");
    dead = killed.name;
    frozen = await another();
    frozen.child.kill("SIGSTOP");
  });
  after(() => frozen.child.kill("SIGKILL"));

  it("a task: that of a killed one is done at once, with its attempt counted; that of one that stands still is left to it", async () => {
    const done: string[] = [];
    const enricher = does("data_enricher", "enrich_data", ({ contact, attempt }) => {
      done.push(`${contact?.properties.email} ${attempt}`);
      return { outcome: "completed" };
    });
    const own = workflow("asks", {}, [on("form_submitted", task("enrich_data"))]);
    const config = { workflows: [own], pack: false as const, engine: { leaseMs: LEASE_MS } };
    await using engines = await testEngine({ ...config, agents: [enricher] }, { roles: ["engine"] });
    const { engine, clock } = engines;
    for (const [name, email] of [
      [dead, "a@a.example"],
      [frozen.name, "b@a.example"],
    ] as const) {
      await engine.append([formSubmitted({ email })]);
      await until(async () => (await engine.db.query("select from tasks where claim is null")).length === 1);
      const wish = { handler: 0, kind: "enrich_data", limit: 1, timeoutMs: LEASE_MS };
      await engine.db.transaction((tx) => claimTasks(tx, name, [wish], LEASE_MS, clock.now()));
    }
    const next = await openEngine(
      { databaseUrl: engines.url, ...config, agents: [enricher] },
      { roles: ["worker"], clock, onError: (error) => engines.errors.push(error) },
    );
    try {
      await until(async () => (await engine.db.query("select from finished_tasks")).length === 1);
      assert.deepEqual(done, ["a@a.example 2"]);
      const left = await engine.db.query("select worker from held_tasks");
      assert.deepEqual(left, [{ worker: frozen.name }]);
      assert.deepEqual(engines.errors, []);
    } finally {
      await next.stop();
    }
  });

  it("a subscriber: it gets what comes next at once", async () => {
    await using shop = await receiver();
    await using test = await testEngine({ pack: false, subscribers: { shop: shop.subscriber } });
    const { engine } = test;
    await engine.caughtUp();
    await engine.db.query(
      "update webhook_subscribers set lease_until = clock_timestamp() + interval '1 hour', lease_holder = $1",
      [dead],
    );
    await engine.append([formSubmitted()]);
    await engine.caughtUp();
    assert.equal(shop.received.length, 1);
    assert.deepEqual(test.errors, []);
  });

  for (const status of [204, 500]) {
    it(`a subscriber: who stood still until another sent on, and is then answered ${status}, changes nothing of where that is`, async () => {
      await using shop = await receiver();
      await using test = await testEngine({ pack: false, subscribers: { shop: shop.subscriber } });
      const { engine } = test;
      const { db } = engine;
      await engine.caughtUp();
      shop.answer = async () => {
        await db.query(
          "update webhook_subscribers set lease_until = clock_timestamp() + interval '1 hour', lease_holder = 'another', attempts = 3, delivered = 7",
        );
        await db.query("update subscriptions set position = position + 500 where name = 'webhook:shop'");
        return status;
      };
      await engine.append([formSubmitted()]);
      await until(() => shop.answered === 1);
      // The engine has to have made of the answer what it makes of it: stopped before, it would change nothing in any case.
      for (let round = 0; round < 50; round++) await db.query("select 1");
      await engine.stop();
      const after = new Database({ url: test.url, maxConnections: 1 });
      try {
        const rows = await after.query(
          `select position >= 500 as "isFurther", attempts, delivered, lease_holder as holder, lease_until > clock_timestamp() + interval '30 min' as "isHeld"
           from subscriptions s, webhook_subscribers w where s.name = 'webhook:shop'`,
        );
        assert.deepEqual(rows, [{ isFurther: true, attempts: 3, delivered: 7, holder: "another", isHeld: true }]);
      } finally {
        await after.close();
      }
    });
  }

  it("the CRM: its lease lasts as long as a call that was begun may take, and no longer", async () => {
    await using test = await testEngine({ pack: false });
    const { db } = test.engine;
    await db.query(
      `insert into crm_leases (name, holder, until) values ('of the dead', $1, clock_timestamp() + interval '45 s'),
                                                           ('of the frozen', $2, clock_timestamp() + interval '45 s')`,
      [dead, frozen.name],
    );
    await test.engine.idle();
    const rows = await db.query<{ name: string; left: number }>(
      "select name, ceil(extract(epoch from until - clock_timestamp()))::int as left from crm_leases order by name",
    );
    const [ofTheDead, ofTheFrozen] = rows;
    assert.ok((ofTheDead?.left ?? 0) > 2 && (ofTheDead?.left ?? 0) <= 12, JSON.stringify(rows));
    assert.ok((ofTheFrozen?.left ?? 0) > 12, JSON.stringify(rows));
  });
});

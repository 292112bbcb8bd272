/** What a killed process of this machine held is gone on with at once; what one that stands still holds is not taken from it. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
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
    const received: string[] = [];
    const server = createServer((request, response) => {
      received.push(String(request.headers["webhook-id"]));
      request.resume().on("end", () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    try {
      await using test = await testEngine({
        pack: false,
        subscribers: { shop: { url, secret, types: ["form_submitted"] } },
      });
      const { engine } = test;
      await engine.caughtUp();
      await engine.db.query(
        "update webhook_subscribers set lease_until = clock_timestamp() + interval '1 hour', lease_holder = $1",
        [dead],
      );
      await engine.append([formSubmitted()]);
      await engine.caughtUp();
      assert.equal(received.length, 1);
      assert.deepEqual(test.errors, []);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

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

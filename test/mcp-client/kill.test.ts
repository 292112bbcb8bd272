/** kill -9 in the middle of conversations with tools: no answer that is on record is paid for twice, nothing acts twice, each task ends once. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type ModelSimulator, type Script, startModelSimulator } from "@millrace/model-simulator";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { freshDatabase } from "../factories/database.ts";
import { turnOf } from "./enriching.fixture.ts";
import { PROGRAM } from "./mcp-client.fixture.ts";

const LEADS = 12;
const KILLS = Number(process.env.KILLS ?? 8);
const LEASE_MS = 1_500;

/** Looks, notes something down (which acts), looks again, and answers. */
const script: Script = (request) => {
  const turn = turnOf(request);
  const lead = /"firstname": "(\w+)"/.exec(JSON.stringify(request.messages))?.[1] ?? "";
  const tool = ["test_echo", "test_note", "test_echo"][turn];
  return tool === undefined
    ? { json: { values: [] } }
    : { tools: [{ name: tool, input: { text: `${lead} ${turn}` } }] };
};

function configOf(url: string, simulator: ModelSimulator, file: string) {
  return {
    databaseUrl: url,
    engine: { leaseMs: LEASE_MS, sweepMs: 200 },
    log: { level: "silent" },
    tasks: { enrich_data: { about: "Test.", priority: "LOW", dueIn: "5m", doneBy: "data_enricher", retries: 100 } },
    models: {
      apiKey: "some-key",
      baseUrl: `${simulator.url}/v1`,
      caps: { perTaskUsd: 100, perContactUsd: 100, perDayUsd: 1_000 },
    },
    mcp: {
      file: join(tmpdir(), "no.mcp.json"),
      servers: { test: { command: process.execPath, args: [PROGRAM, "slow", file] } },
      tools: { data_enricher: ["test/echo", "test/note"] },
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("close", (code) => reject(new Error(`the engine ended with ${code}`)));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await closed;
}

const STEPS =
  "select (select count(*) from model_calls where state = 'answered') + (select count(*) from task_steps) as n";

/** Resolves so many milliseconds after so many more answers and results of tools are on record, or when there are no more to come. */
async function moreSteps(db: Database, count: number, ms: number): Promise<void> {
  const [before] = await db.query<{ n: number }>(STEPS);
  for (;;) {
    const [now] = await db.query<{ n: number }>(STEPS);
    if ((now?.n ?? 0) >= (before?.n ?? 0) + count || (await isOver(db))) break;
    await sleep(10);
  }
  await sleep(ms);
}

async function isOver(db: Database): Promise<boolean> {
  const [ended] = await db.query<{ n: number }>(
    "select (select count(distinct contact) from events where type = 'contact_enriched') + (select count(*) from tasks where kind = 'enrich_data' and state = 'WAITING' and not_before is null) as n",
  );
  return (ended?.n ?? 0) >= LEADS;
}

describe(`kill -9 in the middle of ${LEADS} conversations, ${KILLS} times`, () => {
  it("pays for nothing on record twice, repeats no tool that acts, and ends each task once", {
    timeout: 300_000,
  }, async () => {
    const simulator = await startModelSimulator({ script, delayMs: 120 });
    const database = await freshDatabase();
    const db = new Database({ url: database.url });
    const file = join(mkdtempSync(join(tmpdir(), "millrace-loop-")), "lines");
    try {
      const start = (leads: number) =>
        spawn(
          process.execPath,
          [
            join(import.meta.dirname, "looping-engine.ts"),
            JSON.stringify(configOf(database.url, simulator, file)),
            String(leads),
          ],
          { stdio: ["ignore", "pipe", "inherit"] },
        );
      for (let kill = 0; kill < KILLS; kill++) {
        const child = start(kill === 0 ? LEADS : 0);
        await ready(child);
        await moreSteps(db, 1 + ((kill * 7) % 10), (kill * 37) % 120);
        await ended(child);
      }
      const answeredBefore = await db.query<{ n: number }>(
        "select count(*)::int as n from model_calls where state = 'answered'",
      );
      const last = start(0);
      await ready(last);
      const open = "select 1 from tasks where kind = 'enrich_data' and not (state = 'WAITING' and not_before is null)";
      while ((await db.query(open)).length > 0) await sleep(50);
      await ended(last);

      const twice = await db.query(
        "select task, step from model_calls where state = 'answered' group by task, step, request_hash having count(*) > 1",
      );
      assert.deepEqual(twice, []);
      const [asked] = await db.query<{ n: number }>("select count(*)::int as n from model_calls");
      assert.ok(simulator.requests.length <= (asked?.n ?? 0), "each question stands on record before it is asked");
      const notes = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
      assert.ok(notes.filter((line) => line.startsWith("note")).length <= LEADS);
      const done = await db.query<{ n: number }>(
        "select count(*)::int as n from events where type = 'contact_enriched' group by contact order by 1",
      );
      const waiting = await db.query("select 1 from tasks where kind = 'enrich_data' and state = 'WAITING'");
      assert.ok(
        done.every(({ n }) => n === 1),
        JSON.stringify(done),
      );
      assert.equal(done.length + waiting.length, LEADS);
      const told = await db.query<{ n: number }>(
        "select count(*)::int as n from events where type = 'enrichment_started' group by contact",
      );
      assert.ok(told.length === LEADS && told.every(({ n }) => n === 1));
      const calls = await db.query<{ n: number }>(
        `select count(*)::int as n from events where type = 'mcp_tool_called' and data->>'tool' = 'note' group by contact having count(*) > 1`,
      );
      assert.deepEqual(calls, []);
      // The test shows nothing when the kills came before or after everything.
      assert.ok((answeredBefore[0]?.n ?? 0) > 0 && done.length > 0);
      const pids = notes.flatMap((line) => /^started (\d+)/.exec(line)?.[1] ?? []);
      while (pids.some(isAlive)) await sleep(20);
    } finally {
      await db.close();
      await database.drop();
      await simulator.close();
    }
  });
});

function isAlive(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

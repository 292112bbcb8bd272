/** kill -9 between a model's answer and the draft that comes of it: the answer is not paid for twice, and one draft waits. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { it } from "node:test";
import { startModelSimulator } from "@millrace/model-simulator";
import { simulatedAnswer } from "../../packages/millrace/src/cli/simulated-answers.ts";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { lockLog } from "../../packages/millrace/src/events/log-lock.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { freshDatabase } from "../factories/database.ts";
import { until } from "../factories/until.ts";

it("kill -9 behind a model's answer: the next process takes it from the record, and one draft waits", async () => {
  const simulator = await startModelSimulator({ script: simulatedAnswer, delayMs: 300 });
  const database = await freshDatabase();
  const config = {
    databaseUrl: database.url,
    mail: { window: false },
    models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, agents: ["outreach_agent"] },
    engine: { leaseMs: 1_500, sweepMs: 200 },
  } as const;
  const db = new Database({ url: database.url, maxConnections: 2 });
  try {
    const child = spawn(process.execPath, [join(import.meta.dirname, "drafting-engine.ts"), JSON.stringify(config)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    await until(() => simulator.requests.length === 1);
    // While the log is held, nothing can be finished.
    await db.transaction(async (tx) => {
      await lockLog(tx);
      await until(async () => (await tx.query("select from model_calls where state = 'answered'")).length === 1);
      child.kill("SIGKILL");
      await ended;
    });
    assert.deepEqual(await db.query("select from tasks where kind = 'review_draft'"), []);
    const engine = await openEngine({ ...config, agents: [scoresByPoints, findsNothing] });
    try {
      await until(async () => (await engine.queries.drafts()).drafts.length === 1);
      assert.equal(simulator.requests.length, 1);
      const calls = await db.query<{ recorded: boolean }>(
        "select (data->>'recorded')::boolean as recorded from events where type = 'model_called'",
      );
      assert.deepEqual(calls, [{ recorded: true }]);
      assert.deepEqual(await db.query("select from emails where purpose <> 'transactional'"), []);
    } finally {
      await engine.stop();
    }
  } finally {
    await db.close();
    await database.drop();
    await simulator.close();
  }
});

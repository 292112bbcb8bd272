/**
 * A worker that is there to be stopped and woken: does tasks of kind enrich_data, each adding one row to `effects`
 * when its completion is written. Arguments: database URL, lease in milliseconds, and "fenced" or "unfenced".
 */
import { writeSync } from "node:fs";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { claimTasks, finishTasks, lockHeldTasks } from "../../packages/millrace/src/tasks/queue.ts";

const [url = "", leaseMs = "400", mode = "fenced"] = process.argv.slice(2);
const db = new Database({ url, maxConnections: 2 });
writeSync(1, "ready\n");
for (;;) {
  const claimed = await db.transaction((tx) =>
    claimTasks(
      tx,
      `w${process.pid}`,
      [{ handler: 0, kind: "enrich_data", limit: 5, timeoutMs: 600_000 }],
      Number(leaseMs),
      Date.now(),
    ),
  );
  if (claimed.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const task of claimed) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    await db.transaction(async (tx) => {
      const isHeld = mode === "unfenced" || (await lockHeldTasks(tx, [task])).has(task.id);
      if (!isHeld) return;
      await tx.query("insert into effects (task) values ($1)", [task.id]);
      await finishTasks(tx, [{ id: task.id, state: "COMPLETED", error: null, result: undefined }], Date.now());
    });
  }
}

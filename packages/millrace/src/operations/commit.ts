/**
 * One change, one transaction: the log is locked first (whoever appends and changes rows takes that lock first, decision
 * 3), the work done, and at the commit every process that decides or works is woken, whatever the change was.
 */
import type { Tx } from "../db/database.ts";
import type { Topic } from "../db/wake.ts";
import { lockLog } from "../events/log-lock.ts";
import type { DatabaseContext } from "./context.ts";

const WOKEN: readonly Topic[] = ["events", "tasks"];

/** Does the work in one transaction, all or nothing, and wakes this process and the others when it is committed. */
export async function commit<Result>(
  { db, wakeUps }: Pick<DatabaseContext, "db" | "wakeUps">,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const result = await db.transaction(async (tx) => {
    await lockLog(tx);
    const given = await work(tx);
    for (const topic of WOKEN) await wakeUps.remote(tx, topic);
    return given;
  });
  wake(wakeUps);
  return result;
}

/** Wakes this process, after a commit that woke the others. */
export function wake(wakeUps: DatabaseContext["wakeUps"]): void {
  for (const topic of WOKEN) wakeUps.local(topic);
}

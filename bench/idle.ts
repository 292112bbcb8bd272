/**
 * What an engine costs while nothing happens: processor time of the engine and of its database, as a share of one core.
 * Run: node bench/idle.ts [seconds] [everyMs of the monitor, or "off"].
 */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createEngine } from "../src/engine.ts";

const seconds = Number(process.argv[2] ?? 60);
const every = process.argv[3] ?? "60000";
const TICKS_PER_SECOND = 100;

const folder = await mkdtemp(join(tmpdir(), "millrace-idle-"));
const engine = await createEngine({
  dataFolder: folder,
  monitor: every === "off" ? false : { everyMs: Number(every) },
});
try {
  await sleep(5_000);
  const before = { own: process.cpuUsage(), database: await databaseTicks() };
  await sleep(seconds * 1_000);
  const own = process.cpuUsage(before.own);
  const database = (await databaseTicks()) - before.database;
  const share = (cpuSeconds: number) => `${((cpuSeconds / seconds) * 100).toFixed(2)} %`;
  console.log(
    `engine ${share((own.user + own.system) / 1e6)}, database ${share(database / TICKS_PER_SECOND)} of one core, over ${seconds} s, monitor ${every}`,
  );
} finally {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Clock ticks used by the database's processes, from /proc. */
async function databaseTicks(): Promise<number> {
  const rows = await engine.db.query<{ pid: number }>("select pid from pg_stat_activity");
  return rows.reduce((sum, { pid }) => sum + ticksOf(pid), 0);
}

function ticksOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../src/db/embedded.ts";
import { drain } from "./drain.ts";
import { floor } from "./floor.ts";
import { latency } from "./latency.ts";
import { usage } from "./measure.ts";

const folder = await mkdtemp(join(tmpdir(), "millrace-bench-"));
const pg = await startEmbedded({ dataFolder: folder });
const { Database } = await import("../src/db/database.ts");
const db = new Database({ url: pg.url, maxConnections: 1 });
const [row] = await db.query<{ f: string }>("show data_directory");
const pid = Number((await readFile(`${Object.values(row ?? {})[0]}/postmaster.pid`, "utf8")).split("\n")[0]);
for (let i = 0; i < Number(process.argv[2] ?? 1); i++) {
  await db.query(`create database d${i}`);
  const url = new URL(pg.url);
  url.pathname = `/d${i}`;
  console.log(await drain(url.href, pid, Number(process.argv[3] ?? 20000), 1));
  await db.query(`create database f${i}`);
  const to = new URL(pg.url);
  to.pathname = `/f${i}`;
  const b = usage(pid);
  console.log(
    await floor(url.href, to.href, Number(process.argv[3] ?? 20000)),
    "pg cpu/1000",
    ((usage(pid).postgresCpuS - b.postgresCpuS) / Number(process.argv[3] ?? 20000)) * 1000,
  );
}
if (process.argv[4]) {
  await db.query("create database l");
  const url = new URL(pg.url);
  url.pathname = "/l";
  console.log(await latency(url.href, Number(process.argv[4]), 2));
}
await db.close();
await pg.stop();
await rm(folder, { recursive: true, force: true });

/**
 * npm run bench -- [--rounds 3] [--count 20000] [--seconds 60] [--only drain,latency,http,import] [--json]
 * The workload on an embedded PostgreSQL with fsync on, beside the raw floor of the same rows in the same run.
 * The table goes to standard output, progress to standard error, the whole result to bench/results/.
 */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Database } from "../src/db/database.ts";
import { startEmbedded } from "../src/db/embedded.ts";
import { type DrainResult, drain } from "./drain.ts";
import { type FloorResult, floor } from "./floor.ts";
import { type HttpResult, http } from "./http.ts";
import { type LatencyResult, latency } from "./latency.ts";
import { median } from "./measure.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    count: { type: "string", default: "20000" },
    seconds: { type: "string", default: "60" },
    only: { type: "string", default: "drain,latency,http,import" },
    json: { type: "boolean", default: false },
  },
});

interface Results {
  readonly at: string;
  readonly commit: string;
  readonly cpu: string;
  readonly cores: number;
  readonly postgres: string;
  readonly drain: DrainResult[];
  readonly floor: FloorResult[];
  latency?: LatencyResult;
  http?: HttpResult;
  /** As http, while 10,000 imported contacts wait in the bulk lane. */
  import?: HttpResult;
}

const IMPORTED = 10_000;
const folder = await mkdtemp(join(tmpdir(), "millrace-bench-"));
const postgres = await startEmbedded({ dataFolder: folder });
const admin = new Database({ url: postgres.url, maxConnections: 1 });
const results: Results = {
  at: new Date().toISOString(),
  commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  postgres: postgres.version,
  drain: [],
  floor: [],
};
try {
  const only = options.only.split(",");
  if (only.includes("drain")) await measureDrain();
  if (only.includes("latency")) {
    say(`latency: one submission each 20 ms for ${options.seconds} s`);
    results.latency = await latency(await freshDatabase("latency"), Number(options.seconds), 77);
  }
  if (only.includes("http")) {
    say(`http: 50 forms a second for ${options.seconds} s through the gateway, the default pack`);
    results.http = await http(await freshDatabase("http"), Number(options.seconds));
  }
  if (only.includes("import")) {
    say(`import: the same while ${IMPORTED} imported contacts wait in the bulk lane`);
    results.import = await http(await freshDatabase("import"), Number(options.seconds), IMPORTED);
  }
} finally {
  await admin.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
const file = join(import.meta.dirname, "results", `${results.at.replaceAll(":", "-").slice(0, 19)}.json`);
await mkdir(join(import.meta.dirname, "results"), { recursive: true });
await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
console.log(options.json ? JSON.stringify(results) : table(results));
const wrong = [...results.drain, results.latency, results.http, results.import].flatMap((part) => part?.wrong ?? []);
if (wrong.length > 0) {
  console.error(`The counts are not what they must be:\n  ${wrong.join("\n  ")}`);
  process.exitCode = 1;
}

async function measureDrain(): Promise<void> {
  const postmaster = await postmasterPid();
  for (let round = 1; round <= Number(options.rounds); round++) {
    say(`drain: round ${round} of ${options.rounds}, ${options.count} submissions`);
    const url = await freshDatabase(`drain_${round}`);
    results.drain.push(await drain(url, postmaster, Number(options.count), round));
    say(`floor: the same rows by bare SQL`);
    results.floor.push(await floor(url, await freshDatabase(`floor_${round}`), Number(options.count)));
  }
}

async function freshDatabase(name: string): Promise<string> {
  await admin.query(`create database ${name}`);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function postmasterPid(): Promise<number> {
  const [row] = await admin.query<{ data_directory: string }>("show data_directory");
  const [pid] = (await readFile(join(row?.data_directory ?? "", "postmaster.pid"), "utf8")).split("\n");
  return Number(pid);
}

function say(line: string): void {
  console.error(line);
}

function table(found: Results): string {
  const lines = [
    `${found.at}  commit ${found.commit}  ${found.cores} × ${found.cpu}  PostgreSQL ${found.postgres}, fsync on`,
  ];
  const line = (name: string, value: string) => lines.push(`  ${name.padEnd(44)}${value}`);
  if (found.drain.length > 0) {
    const of = (pick: (result: DrainResult) => number) => median(found.drain.map(pick));
    const rates = found.drain.map((result) => Math.round(result.submissionsPerS));
    const floors = median(found.floor.map((result) => result.submissionsPerS));
    line(
      "drain, submissions/s (median; all)",
      `${Math.round(of((result) => result.submissionsPerS))}  (${rates.join(", ")})`,
    );
    line(
      "raw floor of the same rows, submissions/s",
      `${Math.round(floors)}  (${Math.round(median(found.floor.map((result) => result.rowsPerS)))} rows/s)`,
    );
    line(
      "share of the floor (median of rounds)",
      `${(median(found.drain.map((result, i) => result.submissionsPerS / (found.floor[i]?.submissionsPerS ?? 1))) * 100).toFixed(0)} %`,
    );
    line(
      "CPU s per 1,000 (node + PostgreSQL)",
      `${of((r) => r.cpuSPer1000).toFixed(2)}  (${of((r) => r.nodeCpuSPer1000).toFixed(2)} + ${of((r) => r.postgresCpuSPer1000).toFixed(2)})`,
    );
    line("accepted/s", `${Math.round(of((result) => result.acceptedPerS))}`);
    line(
      "resident: node peak, PostgreSQL, MB",
      `${Math.round(of((r) => r.nodePeakMb))}, ${Math.round(of((r) => r.postgresPssMb))}`,
    );
  }
  if (found.latency) {
    line("50/s: scored, ms p50 / p95 / p99 / max", quantiles(found.latency.scored));
    line("50/s: last effect, ms p50 / p95 / p99 / max", quantiles(found.latency.done));
  }
  if (found.http) {
    line("HTTP 50/s: form to answer 202, ms", quantiles(found.http.accepted));
    line("HTTP 50/s: form to scored (and alerted), ms", quantiles(found.http.scored));
    line("HTTP: engine process resident, MB", `${Math.round(found.http.engineRssMb)}`);
  }
  if (found.import) {
    line("HTTP 50/s while 10,000 are imported: scored, ms", quantiles(found.import.scored));
  }
  return lines.join("\n");
}

function quantiles(q: { p50: number; p95: number; p99: number; max: number }): string {
  return [q.p50, q.p95, q.p99, q.max].map((ms) => ms.toFixed(1)).join(" / ");
}

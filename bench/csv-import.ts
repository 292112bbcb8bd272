/** How fast a CSV file comes into the waiting room: `node scripts/run.mjs exec bench/csv-import.ts`. On a database of its own. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importCsv, survey } from "../packages/millrace/src/intake/csv/import-csv.ts";
import { openTestEngine } from "../packages/millrace/src/testing/test-engine.ts";

const ROWS = 30_000;

const folder = await mkdtemp(join(tmpdir(), "millrace-csv-"));
const path = join(folder, "leads.csv");
const lines = ["Record ID,First Name,Last Name,Email,Company Name,Job Title,Country/Region,Create Date"];
for (let i = 0; i < ROWS; i++)
  lines.push(
    `${i},Ada${i},Byron,ada${i}@acme${i % 500}.example,"Acme, ${i % 500}",CTO,Germany,2026-01-0${(i % 9) + 1} 10:00`,
  );
await writeFile(path, lines.join("\r\n"));

const test = await openTestEngine({}, { roles: [] });
try {
  const { engine } = test;
  const { suppressions } = engine.contextFor({ id: "cli:bench", name: "bench" }).erasure;
  const lane = {
    db: engine.db,
    suppressions,
    appendBulk: (events: Parameters<typeof engine.appendBulk>[0]) => engine.appendBulk(events),
    actor: "import:bench",
    overwrites: false,
  };
  const start = performance.now();
  const found = await survey({ path });
  const read = performance.now();
  const result = await importCsv(found, lane, () => {});
  const end = performance.now();
  const perSecond = (ms: number) => Math.round((ROWS / ms) * 1_000).toLocaleString("en-US");
  process.stdout.write(`${ROWS.toLocaleString("en-US")} rows, ${result.created} taken\n`);
  process.stdout.write(
    `looked through: ${perSecond(read - start)} a second\ntaken: ${perSecond(end - read)} a second\n`,
  );
  process.stdout.write(`both: ${perSecond(end - start)} a second\n`);
} finally {
  await test[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
}
process.exit();

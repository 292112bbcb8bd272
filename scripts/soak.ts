/**
 * A long run at a steady rate with faults at random: `npm run soak -- --minutes N`. Writes figures and plots into a folder, and counts at
 * the end. Ends with 1 when something was lost or doubled, with 2 on wrong arguments.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { hasDebianPostgres } from "../test/servers/debian-postgres.ts";
import type { Sample } from "../test/soak/samples.ts";
import { type Soaked, soak } from "../test/soak/soak.ts";
import { asCommand } from "./as-command.ts";
import { type Chart, svgOf } from "./plot.ts";

const HELP = `npm run soak -- [options]
  --minutes N  how long forms are sent. Default 30; what is left is waited for behind that.
  --rate N     forms a second. Default 60: three times the 20 a second an installation is made for.
  --seed N     which faults come when. Default: by the clock.
  --out PATH   where figures (JSON) and plots (SVG) are written. Default: a folder "soak" here.
  --help       this text.
Needs Debian's PostgreSQL: apt-get install postgresql.
`;
const MB = 1024 * 1024;

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: "string", default: "30" },
      rate: { type: "string", default: "60" },
      seed: { type: "string", default: String(Date.now() % 100_000) },
      out: { type: "string", default: "soak" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [minutes, rate, seed] = [values.minutes, values.rate, values.seed].map(Number) as [number, number, number];
  if (!(minutes > 0) || !(rate > 0) || !Number.isSafeInteger(seed))
    throw new TypeError("--minutes and --rate take numbers above 0, --seed a whole one.");
  if (!hasDebianPostgres) throw new TypeError("There is no PostgreSQL of Debian on this machine.");
  process.stderr.write(`seed ${seed}\n`);
  const onLine = (text: string) => process.stderr.write(`${text}\n`);
  const done = await soak({ minutes, rate, seed, onLine });
  await mkdir(values.out, { recursive: true });
  await writeFile(join(values.out, "soak.json"), `${JSON.stringify({ minutes, rate, seed, ...done })}\n`);
  for (const [name, chart] of chartsOf(done)) await writeFile(join(values.out, `${name}.svg`), svgOf(chart));
  process.stdout.write(summaryOf(done));
  return done.verdict.lost.length + done.verdict.doubled.length === 0 ? 0 : 1;
}

function chartsOf({ samples, faults }: Soaked): [string, Chart][] {
  const line = (name: string, of: (sample: Sample) => number | undefined) => ({
    name,
    points: samples.map((sample) => [sample.at, of(sample)] as const),
  });
  const perEvent = ({ stored }: Sample, part: "tables" | "indexes") =>
    stored === undefined || stored.events < 5_000 ? undefined : stored[part] / stored.events;
  return [
    [
      "memory",
      {
        title: "Memory of the engine, MB",
        series: [
          line("resident", ({ usage }) => usage && usage.rss / MB),
          line("heap in use", ({ usage }) => usage && usage.heapUsed / MB),
          line("outside of the heap", ({ usage }) => usage && usage.external / MB),
        ],
        marks: faults,
      },
    ],
    [
      "handles",
      {
        title: "Open handles and database connections",
        series: [
          line("handles", ({ usage }) => usage?.handles),
          line("connections", ({ stored }) => stored?.connections),
        ],
        marks: faults,
      },
    ],
    [
      "size",
      {
        title: "Bytes in the database for each event",
        series: [
          line("tables", (sample) => perEvent(sample, "tables")),
          line("indexes", (sample) => perEvent(sample, "indexes")),
        ],
        marks: faults,
      },
    ],
    [
      "queue",
      {
        title: "The queue: size in MB, dead rows of all tables in thousands",
        series: [
          line("tasks and claims, MB", ({ stored }) => stored && stored.queue / MB),
          line("dead rows, thousands", ({ stored }) => stored && stored.deadRows / 1_000),
        ],
        marks: faults,
      },
    ],
    [
      "waiting",
      {
        title: "Work that is due: tasks, and how long the oldest has waited, s",
        series: [line("tasks due", ({ stored }) => stored?.due), line("oldest, s", ({ stored }) => stored?.oldestDueS)],
        marks: faults,
      },
    ],
    [
      "latency",
      {
        title: "From when a form was due to its answer, ms (faults included)",
        series: [line("p50", ({ p50 }) => p50), line("p99", ({ p99 }) => p99)],
        marks: faults,
      },
    ],
  ];
}

function summaryOf({ offered, verdict, faults, samples, quietAfterS }: Soaked): string {
  const { forms, events, emails, lost, doubled, unsure } = verdict;
  const last = samples.at(-1);
  return [
    `${offered} forms offered, ${last?.acknowledged} acknowledged (${last?.refused} tries refused or unanswered), ${faults.length} faults`,
    `${forms} forms, ${events} events, ${emails} e-mails; quiet ${quietAfterS.toFixed(0)} s behind the last form`,
    `lost: ${lost.length === 0 ? "0" : lost.join("; ")}`,
    `doubled: ${doubled.length === 0 ? "0" : doubled.join("; ")}`,
    `unsure e-mails: ${unsure}`,
    "",
  ].join("\n");
}

await asCommand(main, HELP);

/**
 * Every failpoint crossed by a killed engine: `npm run chaos`, or some of them with `--only WORDS`. Each round has a database,
 * a mail server, a HubSpot and a receiver of its own; what is lost or doubled is counted when the next engine has done what was
 * left. Ends with 1 when something was lost, doubled or could not be crossed, with 2 on wrong arguments.
 */
import { parseArgs } from "node:util";
import { SERVER_VARIABLE } from "../packages/millrace/src/testing/cluster.ts";
import { type Crossing, crossings } from "../test/chaos/crossings.ts";
import { type Round, round } from "../test/chaos/round.ts";
import { freshDatabase } from "../test/factories/database.ts";
import { debianPostgres, hasDebianPostgres } from "../test/servers/debian-postgres.ts";
import { asCommand } from "./as-command.ts";

const HELP = `npm run chaos -- [options]
  --only WORDS  failpoints whose names have these words, e.g. "email" or "after-claim".
  --rounds N    how often each is crossed, at different passings. Default 1; some 10 s each, 60 s where HubSpot is.
  --server URL  a PostgreSQL of yours, 15 or newer, by a user who may make databases; "debian": the machine's own, started for it.
                Default: the embedded one.
  --json        one JSON object in place of the table.
  --help        this text.
`;

interface Crossed {
  readonly failpoint: string;
  readonly job: string;
  readonly rounds: number;
  readonly crossed: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Contacts that are not what the log folds to. */
  readonly others: readonly string[];
  readonly unsure: number;
  readonly failures: readonly string[];
  readonly seconds: number;
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      rounds: { type: "string", default: "1" },
      server: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const rounds = Number(values.rounds);
  const wanted = crossings.filter(({ name }) => name.includes(values.only));
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new TypeError("--rounds takes a whole number from 1 on.");
  if (wanted.length === 0) throw new TypeError(`No failpoint has "${values.only}" in its name.`);
  await using _server = await serverFor(values.server);
  // Kept open, so that one server serves all rounds.
  const anchor = await freshDatabase();
  const results: Crossed[] = [];
  for (const crossing of wanted) {
    results.push(await cross(crossing, rounds));
    const done = results.at(-1) as Crossed;
    process.stderr.write(`${results.length} of ${wanted.length}  ${inWords(done)}\n`);
  }
  await anchor.drop();
  process.stdout.write(values.json ? `${JSON.stringify(results)}\n` : table(results));
  return results.every(isGood) ? 0 : 1;
}

/** Has the rounds use this server; undefined: the embedded one, which is started with the first database. */
async function serverFor(wanted: string | undefined): Promise<AsyncDisposable | null> {
  if (wanted === undefined) return null;
  if (wanted === "debian" && !hasDebianPostgres)
    throw new TypeError("There is no PostgreSQL of Debian on this machine: apt-get install postgresql.");
  const server = wanted === "debian" ? await debianPostgres() : null;
  process.env[SERVER_VARIABLE] = server?.url ?? wanted;
  return server;
}

async function cross(crossing: Crossing, rounds: number): Promise<Crossed> {
  const done: Round[] = [];
  const failures: string[] = [];
  const begun = performance.now();
  for (let nth = 0; nth < rounds; nth++) {
    const [from, to] = crossing.at;
    await round(crossing, from + (nth % (to - from + 1))).then(
      (one) => done.push(one),
      (error: unknown) => failures.push((error as Error).message.slice(0, 500)),
    );
  }
  return {
    failpoint: crossing.name,
    job: crossing.job,
    rounds,
    crossed: done.filter((one) => one.crossed).length,
    lost: done.flatMap((one) => one.lost),
    doubled: done.flatMap((one) => one.doubled),
    others: done.flatMap((one) => one.others),
    unsure: done.reduce((sum, one) => sum + one.unsure, 0),
    failures,
    seconds: (performance.now() - begun) / 1_000,
  };
}

function isGood({ rounds, crossed, lost, doubled, others, failures }: Crossed): boolean {
  return crossed === rounds && lost.length + doubled.length + others.length + failures.length === 0;
}

function inWords({ failpoint, crossed, rounds, lost, doubled, others, failures, seconds }: Crossed): string {
  const found = [
    ...lost.map((what) => `lost: ${what}`),
    ...doubled.map((what) => `doubled: ${what}`),
    ...others,
    ...failures,
  ];
  return `${failpoint}: crossed ${crossed} of ${rounds}, ${found.length === 0 ? "0 lost, 0 doubled" : found.join("; ")} (${seconds.toFixed(0)} s)`;
}

function table(results: readonly Crossed[]): string {
  const rows = results.map(
    ({ failpoint, job, rounds, crossed, lost, doubled, others, unsure }) =>
      `| ${failpoint} | ${job} | ${crossed} of ${rounds} | ${lost.length} | ${doubled.length} | ${others.length} | ${unsure} |`,
  );
  return [
    "| failpoint | crossed by | crossed | lost | doubled | contacts other than the log says | unsure e-mails |",
    "|---|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

await asCommand(main, HELP);

/**
 * npm run bench: runs the pieces that are asked for on a PostgreSQL of its own; see --help.
 * The table goes to standard output, progress to standard error, the whole result to bench/results/.
 */
import { againstPart } from "./against.ts";
import { helpText, type Options, optionsOf, UsageError } from "./options.ts";
import type { Bench, Part } from "./piece.ts";
import { pieces } from "./pieces.ts";
import { keep, reportOf, table } from "./report.ts";
import { type BenchServer, startBenchServer } from "./server.ts";

const USAGE_ERROR = 2;

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code: 1 when a count is wrong. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = optionsOf(args, pieces);
    if (options !== undefined) return await measure(options);
    console.log(helpText(pieces));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return USAGE_ERROR;
  }
}

async function measure(options: Options): Promise<number> {
  let server: Promise<BenchServer> | undefined;
  const parts: Record<string, Part> = {};
  const bench = (name: string): Bench => ({
    server: () => (server ??= startBenchServer()),
    settings: options.settings,
    say: (line) => console.error(`${name}: ${line}`),
  });
  try {
    if (options.against !== undefined) parts.against = await againstPart(bench("against"), options.against);
    for (const piece of options.pieces) parts[piece.name] = await piece.run(bench(piece.name));
  } finally {
    await (await server)?.stop();
  }
  const version = (await server)?.version ?? "of each piece's own";
  const report = reportOf(kindOf(options), version, options.settings, parts);
  console.log(options.isJson ? JSON.stringify(report) : table(report));
  if (options.isKept) console.error(`kept in ${await keep(report)}`);
  const wrong = Object.values(parts).flatMap((part) => part.wrong);
  if (wrong.length === 0) return 0;
  console.error(`The counts are not what they must be:\n  ${wrong.join("\n  ")}`);
  return 1;
}

function kindOf(options: Options): string {
  if (options.against !== undefined) return "against";
  return options.pieces.length === pieces.length ? "all" : options.pieces.map((piece) => piece.name).join("+");
}

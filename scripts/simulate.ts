/**
 * The deciding core under random histories, no database: `npm run simulate -- --seeds 5000`. Each seed is a history of a few
 * contacts, decided in several batchings and orders of batches; what has to hold is in test/simulator/invariants.ts.
 * A seed that fails is printed with the command that repeats it. Ends with 1 when one failed, with 2 on wrong arguments.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type Failure, simulate } from "../test/simulator/simulate.ts";
import { asCommand } from "./as-command.ts";

const HELP = `npm run simulate -- [options]
  --seeds N   how many seeds. Default 500; 5000 take about three minutes on two cores.
  --seed N    the first one. With it and without --seeds: this one alone.
  --json      one JSON object in place of text.
  --help      this text.
`;
/** Seeds between two lines of progress. */
const SHARE = 25;

interface Share {
  readonly seeds: number;
  readonly events: number;
  readonly failures: readonly Failure[];
}

function work({ first, count, step }: { first: number; count: number; step: number }): void {
  for (let at = 0; at < count; at += SHARE) {
    const failures: Failure[] = [];
    let events = 0;
    const seeds = Math.min(SHARE, count - at);
    for (let i = at; i < at + seeds; i++) {
      const simulated = simulate(first + i * step);
      events += simulated.events;
      if (simulated.failure !== undefined) failures.push(simulated.failure);
    }
    parentPort?.postMessage({ seeds, events, failures } satisfies Share);
  }
}

interface Options {
  readonly first: number;
  readonly seeds: number;
  readonly isJson: boolean;
}

function optionsOf(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string" },
      seed: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const seeds = Number(values.seeds ?? (values.seed === undefined ? 500 : 1));
  const first = Number(values.seed ?? 1);
  if (![seeds, first].every((number) => Number.isSafeInteger(number) && number > 0)) {
    throw new TypeError("--seeds and --seed take whole numbers from 1 on.");
  }
  return { first, seeds, isJson: values.json };
}

async function run({ first, seeds, isJson }: Options): Promise<number> {
  const start = performance.now();
  const threads = Math.min(availableParallelism(), seeds);
  const failures: Failure[] = [];
  let done = 0;
  let events = 0;
  const hear = (share: Share) => {
    done += share.seeds;
    events += share.events;
    failures.push(...share.failures);
    const failed = share.failures.map((failure) => `\n${inWords(failure)}`).join("");
    process.stderr.write(`\r${done} of ${seeds} seeds, ${failures.length} failed${failed}${failed && "\n"}`);
  };
  await Promise.all(
    Array.from({ length: threads }, (_, i) => {
      const count = Math.floor((seeds - i - 1) / threads) + 1;
      return ended(new Worker(import.meta.filename, { workerData: { first: first + i, count, step: threads } }), hear);
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  process.stderr.write("\n");
  if (isJson) process.stdout.write(`${JSON.stringify({ first, seeds: done, events, seconds, failures })}\n`);
  else process.stdout.write(`${done} seeds, ${events} events, ${failures.length} failed, ${seconds.toFixed(1)} s\n`);
  return failures.length === 0 ? 0 : 1;
}

function inWords({ seed, way, what }: Failure): string {
  return `seed ${seed}, ${way}: ${what}\n  again: npm run simulate -- --seed ${seed}`;
}

function ended(worker: Worker, hear: (share: Share) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.on("message", hear);
  worker.on("error", reject);
  worker.on("exit", () => resolve());
  return promise;
}

if (isMainThread) {
  await asCommand(async (args) => {
    const options = optionsOf(args);
    if (options !== undefined) return run(options);
    process.stdout.write(HELP);
    return 0;
  }, HELP);
} else work(workerData);

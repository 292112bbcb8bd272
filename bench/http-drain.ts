/**
 * The drain as the world outside causes it: an engine in a process of its own, submissions at its gateway as fast as they
 * are accepted, one form a request or a hundred events a request, until every effect is committed. The figures for CPU and
 * memory are the engine process's; what asks it has the same two cores, and its share is told.
 */
import { Pool } from "undici";
import { checkCounts } from "./correctness.ts";
import { EngineProcess } from "./engine-process.ts";
import { costInWords, medianAndAll, whole } from "./figures.ts";
import { type Submission, submitted } from "./form-cascade.ts";
import { type Cost, costOf, median, peakRssMb, startMeter } from "./measure.ts";
import type { Bench, Line, Piece } from "./piece.ts";
import type { BenchServer } from "./server.ts";
import { submissions } from "./workload/gen.mjs";

const WARM_UP = 200;
const BATCH = 100;
const SEED = 3;

type Way = "single" | "batch";

interface HttpDrainResult extends Cost {
  readonly way: Way;
  readonly submissionsPerS: number;
  readonly acceptedPerS: number;
  /** Of the engine's process from its start on. */
  readonly enginePeakMb: number;
  /** CPU seconds per 1,000 of the process that asks. */
  readonly askerCpuSPer1000: number;
  readonly wrong: readonly string[];
}

interface Ask {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Keep-alive connections, each with one request under way. */
const CONNECTIONS: Readonly<Record<Way, number>> = { single: 64, batch: 8 };

export const httpDrainPiece: Piece = {
  name: "http-drain",
  about: "the drain over HTTP: POST /forms/:form one by one, and POST /events in batches of 100; the engine's memory",
  takes: "2 min",
  run: async (bench) => {
    const results: HttpDrainResult[] = [];
    for (let round = 1; round <= bench.settings.rounds; round++) {
      for (const way of ["single", "batch"] as const) results.push(await drainOverHttp(bench, way, round));
    }
    const lines = (["single", "batch"] as const).flatMap((way) =>
      linesOf(
        way,
        results.filter((result) => result.way === way),
      ),
    );
    return { lines, figures: { rounds: results }, wrong: results.flatMap((result) => result.wrong) };
  },
};

function linesOf(way: Way, results: readonly HttpDrainResult[]): Line[] {
  const name = way === "single" ? "one form a request" : `${BATCH} events a request`;
  const of = (pick: (result: HttpDrainResult) => number) => median(results.map(pick));
  const cost = {
    cpuSPer1000: of((r) => r.cpuSPer1000),
    nodeCpuSPer1000: of((r) => r.nodeCpuSPer1000),
    postgresCpuSPer1000: of((r) => r.postgresCpuSPer1000),
  };
  const asking = of((result) => result.askerCpuSPer1000).toFixed(2);
  return [
    [`${name}: submissions/s`, medianAndAll(results.map((result) => result.submissionsPerS))],
    [`${name}: CPU s per 1,000`, `${costInWords(cost)}; who asks: ${asking}`],
    [`${name}: accepted/s`, whole(of((result) => result.acceptedPerS))],
    [`${name}: engine's peak memory, MB`, whole(Math.max(...results.map((result) => result.enginePeakMb)))],
  ];
}

async function drainOverHttp({ server, settings, say }: Bench, way: Way, round: number): Promise<HttpDrainResult> {
  const { freshDatabase, postmaster }: BenchServer = await server();
  const databaseUrl = await freshDatabase(`http_drain_${way}_${round}`);
  const engine = await EngineProcess.start({ databaseUrl, config: "workload" });
  const pool = new Pool(engine.url, { connections: CONNECTIONS[way] });
  try {
    const all = submissions(SEED, 0, WARM_UP + settings.count);
    await askAll(pool, asksOf(way, engine, all.slice(0, WARM_UP)), CONNECTIONS[way]);
    await engine.idle();
    const asks = asksOf(way, engine, all.slice(WARM_UP));
    const [asker, meter] = [process.cpuUsage(), startMeter(postmaster, [engine.pid])];
    await askAll(pool, asks, CONNECTIONS[way]);
    const accepted = meter().seconds;
    await engine.idle();
    const spent = meter();
    const { user, system } = process.cpuUsage(asker);
    const result: HttpDrainResult = {
      way,
      submissionsPerS: settings.count / spent.seconds,
      acceptedPerS: settings.count / accepted,
      ...costOf(spent, settings.count),
      enginePeakMb: peakRssMb(engine.pid),
      askerCpuSPer1000: ((user + system) / 1e6 / settings.count) * 1_000,
      wrong: (await checkCounts(databaseUrl, all)).map((line) => `http-drain, ${way}: ${line}`),
    };
    say(`round ${round}, ${way}: ${whole(result.submissionsPerS)} submissions/s`);
    return result;
  } finally {
    await pool.close();
    await engine.stop();
  }
}

/** Requests made before the clock runs. */
function asksOf(way: Way, engine: EngineProcess, all: readonly Submission[]): Ask[] {
  if (way === "single") {
    return all.map(({ id, ...fields }) => ({
      path: "/forms/workload",
      headers: { "content-type": "application/json", "idempotency-key": id },
      body: JSON.stringify(fields),
    }));
  }
  const headers = {
    "content-type": "application/cloudevents-batch+json",
    authorization: `Bearer ${engine.apiKey}`,
  };
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => {
    const events = all.slice(i * BATCH, (i + 1) * BATCH).map((one) => ({ specversion: "1.0", ...submitted(one) }));
    return { path: "/events", headers, body: JSON.stringify(events) };
  });
}

/** Resolves when all are answered with 202. @throws Error with the answer that was another. */
async function askAll(pool: Pool, asks: readonly Ask[], atOnce: number): Promise<void> {
  let next = 0;
  const asker = async () => {
    for (let ask = asks[next++]; ask !== undefined; ask = asks[next++]) {
      const { statusCode, body } = await pool.request({ method: "POST", ...ask });
      const text = await body.text();
      if (statusCode !== 202) throw new Error(`${ask.path} answered ${statusCode} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, asker));
}

/**
 * Does a full queue slow anybody down? The drain, 50 a second and a claim with 0, 100 k and 1 M tasks waiting: half of
 * them for people, half for an agent that is not there, which are also those the claims are made from.
 */
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { short, whole } from "./figures.ts";
import { growth, type Reported } from "./growth.ts";
import { LOAD_REPORTED, visit } from "./load-visit.ts";
import { quantile } from "./measure.ts";
import { multiply } from "./multiply.ts";
import type { Bench, Piece } from "./piece.ts";
import { claimAndFinish, fillQueue } from "./queue.ts";
import { QUEUE_WORK, queueAskingConfig } from "./queue-work.ts";

const COUNT = 2_000;
const SECONDS = 6;
const CLAIMS = { rounds: 200, limit: 10 };
/** So young that none has waited long enough to rise a level while it is measured: that happens once a task and hour. */
const QUEUE_SPAN_MS = 60_000;
/** Asked for by the engine itself, and then copied. */
const TEMPLATE = 1_000;

const REPORTED: readonly Reported[] = [
  ...LOAD_REPORTED,
  { key: "claimP50Ms", label: `a claim of ${CLAIMS.limit}, ms p50`, digits: 2 },
  { key: "claimP99Ms", label: `a claim of ${CLAIMS.limit}, ms p99`, digits: 2 },
];

export const growQueuePiece: Piece = {
  name: "grow-queue",
  about: "the cost of an event and of a claim with 0, 100k and 1M tasks waiting",
  takes: "2 min",
  run: async (bench) => {
    const { settings, say } = bench;
    const { postmaster, freshDatabase } = await bench.server();
    const urls = new Map<number, string>();
    for (const waiting of settings.queue) {
      const url = await freshDatabase(`queue_${short(waiting).toLowerCase()}`);
      await makeQueue(url, waiting, bench);
      urls.set(waiting, url);
    }
    const part = await growth({
      what: "Tasks that wait",
      sizes: settings.queue,
      sizeInWords: short,
      rounds: settings.rounds,
      reported: REPORTED,
      say,
      visit: async (waiting, round) => {
        const databaseUrl = urls.get(waiting) ?? "";
        const claimed = await measureClaims(databaseUrl, waiting, round);
        // What the claimed tasks stated is decided before the next figure is taken.
        await fillQueue(databaseUrl, 0);
        const count = Math.min(COUNT, settings.count);
        const seconds = Math.min(SECONDS, settings.seconds);
        const found = await visit({ databaseUrl, postmaster, count, seconds, round });
        return {
          figures: { ...found.figures, ...claimed.figures },
          wrong: [...found.wrong, ...claimed.wrong],
        };
      },
    });
    return { ...part, wrong: part.wrong.map((line) => `grow-queue, ${line}`) };
  },
};

async function makeQueue(databaseUrl: string, waiting: number, { say }: Bench): Promise<void> {
  if (waiting === 0) return;
  await fillQueue(databaseUrl, TEMPLATE);
  const engine = await openEngine({ databaseUrl, pack: false }, { roles: [] });
  try {
    await engine.db.query(
      `update tasks set standing = 'WAITING', kind = 'hot_lead_review'
       where id in (select id from (select id, row_number() over (order by id) as nth from tasks) numbered where nth % 2 = 0)`,
    );
  } finally {
    await engine.stop();
  }
  const copies = Math.round(waiting / TEMPLATE);
  await multiply({ databaseUrl, copies, tables: ["tasks"], leastRows: 0, spanMs: QUEUE_SPAN_MS, say });
  say(`${whole(copies * TEMPLATE)} tasks wait`);
}

/** Claims from among all that wait. Those of the empty queue are asked for first. */
async function measureClaims(databaseUrl: string, waiting: number, round: number) {
  const wanted = CLAIMS.rounds * CLAIMS.limit;
  if (waiting === 0) await fillQueue(databaseUrl, wanted, round * wanted);
  const engine = await openEngine(queueAskingConfig({ databaseUrl }), { roles: [] });
  try {
    const { claimMs, claimed } = await claimAndFinish(engine, CLAIMS);
    const figures = { claimP50Ms: quantile(claimMs, 0.5), claimP99Ms: quantile(claimMs, 0.99) };
    return {
      figures,
      wrong: claimed === wanted ? [] : [`${claimed} tasks of ${QUEUE_WORK} claimed, must be ${wanted}`],
    };
  } finally {
    await engine.stop();
  }
}

/** Does an event cost the same after years? The drain and 50 a second with 10 k, 1 M and 10 M events behind them. */
import { createEngine } from "../src/engine.ts";
import type { Counts } from "./correctness.ts";
import { offerAll } from "./drain.ts";
import { short, whole } from "./figures.ts";
import { workloadConfig } from "./form-cascade.ts";
import { growth } from "./growth.ts";
import { LOAD_TOLD, visit } from "./load-visit.ts";
import { multiply } from "./multiply.ts";
import type { Bench, Piece } from "./piece.ts";
import { submissions } from "./workload/gen.mjs";

const SEED = 10;
/** Of the run that is copied: enough for every kind of contact. */
const MOST_SUBMISSIONS = 1_000;
/** Of a visit. Small, since it adds to the history it is measured on. */
const COUNT = 2_000;
const SECONDS = 6;

export const growHistoryPiece: Piece = {
  name: "grow-history",
  about: "the cost of an event with 10k and 1M events of history (10M when asked for: --history 10k,1M,10M)",
  takes: "2 min; 10M: 10 min more",
  run: async (bench) => {
    const { postmaster, freshDatabase, dropDatabase } = await bench.server();
    const databases = new Map<number, { url: string; counts?: Counts }>();
    for (const events of bench.settings.history) {
      const url = await freshDatabase(`history_${short(events).toLowerCase()}`);
      await makeHistory(url, events, bench);
      databases.set(events, { url });
    }
    const part = await growth({
      sizes: bench.settings.history,
      sizeInWords: short,
      rounds: bench.settings.rounds,
      told: LOAD_TOLD,
      say: bench.say,
      visit: async (events, round) => {
        const database = databases.get(events);
        if (database === undefined) throw new Error(`There is no history of ${events} events.`);
        const found = await visit({
          databaseUrl: database.url,
          postmaster,
          count: Math.min(COUNT, bench.settings.count),
          seconds: Math.min(SECONDS, bench.settings.seconds),
          round,
          before: database.counts,
        });
        database.counts = found.after;
        return found;
      },
    });
    for (const events of bench.settings.history) await dropDatabase(`history_${short(events).toLowerCase()}`);
    return { ...part, wrong: part.wrong.map((line) => `grow-history, ${line}`) };
  },
};

/** Fills an empty database with about so many events, and all that belongs to them. */
async function makeHistory(databaseUrl: string, events: number, { say }: Bench): Promise<void> {
  const begun = performance.now();
  const engine = await createEngine(workloadConfig({ databaseUrl }));
  const count = Math.min(MOST_SUBMISSIONS, Math.ceil(events / 20));
  try {
    await offerAll(engine, submissions(SEED, 0, count));
    await engine.idle();
  } finally {
    await engine.stop();
  }
  const written = await eventsIn(databaseUrl);
  const copies = Math.max(1, Math.round(events / written));
  await multiply({ databaseUrl, copies, leastRows: count / 50, say });
  const seconds = (performance.now() - begun) / 1_000;
  say(`${whole(written * copies)} events of history made in ${seconds.toFixed(0)} s`);
}

async function eventsIn(databaseUrl: string): Promise<number> {
  const engine = await createEngine({ databaseUrl, pack: false }, { roles: [] });
  try {
    const [row] = await engine.db.query<{ count: number }>("select count(*)::int as count from events");
    return row?.count ?? 0;
  } finally {
    await engine.stop();
  }
}

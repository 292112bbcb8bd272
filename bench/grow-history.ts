/** Does an event cost the same after years? The drain and 50 a second with 10 k, 1 M and 10 M events behind them. */
import type { MillraceConfig } from "../packages/millrace/src/config/config.ts";
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { offerAll } from "./drain.ts";
import { short, whole } from "./figures.ts";
import { type Submission, workloadConfig } from "./form-cascade.ts";
import { bystander } from "./grow-workflows.ts";
import { growth } from "./growth.ts";
import { LOAD_REPORTED, visit } from "./load-visit.ts";
import { multiply } from "./multiply.ts";
import type { Bench, Piece } from "./piece.ts";
import { queueWorkConfig } from "./queue-work.ts";
import { submissions } from "./workload/gen.mjs";

const SEED = 10;
/** Of the run that is copied: enough for every kind of contact. */
const MAX_SUBMISSIONS = 1_000;
/** Of a visit. Small, since it adds to the history it is measured on. */
const COUNT = 2_000;
const SECONDS = 6;

export const growHistoryPiece: Piece = {
  name: "grow-history",
  about: "the cost of an event with 10k and 1M events of history (10M when asked for: --history 10k,1M,10M)",
  takes: "2 min; 10M: 4 min more",
  run: async (bench) => {
    const { postmaster, freshDatabase, dropDatabase } = await bench.server();
    const urls = new Map<number, string>();
    for (const events of bench.settings.history) {
      const url = await freshDatabase(`history_${short(events).toLowerCase()}`);
      await makeHistory(url, events, bench);
      urls.set(events, url);
    }
    const part = await growth({
      what: "Events of history",
      sizes: bench.settings.history,
      sizeInWords: short,
      rounds: bench.settings.rounds,
      reported: LOAD_REPORTED,
      say: bench.say,
      visit: (events, round) =>
        visit({
          databaseUrl: urls.get(events) ?? "",
          postmaster,
          count: Math.min(COUNT, bench.settings.count),
          seconds: Math.min(SECONDS, bench.settings.seconds),
          round,
        }),
    });
    for (const events of bench.settings.history) await dropDatabase(`history_${short(events).toLowerCase()}`);
    return { ...part, wrong: part.wrong.map((line) => `grow-history, ${line}`) };
  },
};

/**
 * What happened, in shares of the submissions: most of it is the workload, settled as it came; some asked for a task that
 * an agent took from the queue; some came a second time, and a workflow let them be. So every kind of row is in it.
 */
const MIX: readonly { share: number; config: (of: MillraceConfig) => MillraceConfig; again?: true }[] = [
  { share: 0.6, config: workloadConfig },
  { share: 0.2, config: (of) => queueWorkConfig(of, 100) },
  { share: 0.1, config: (of) => ({ pack: false, workflows: [bystander(1)], ...of }), again: true },
];

/** Fills an empty database with about so many events, and all that belongs to them. */
export async function makeHistory(
  databaseUrl: string,
  events: number,
  { say, except = ["tasks"] }: Pick<Bench, "say"> & { readonly except?: readonly string[] },
): Promise<void> {
  const begun = performance.now();
  const count = Math.min(MAX_SUBMISSIONS, Math.ceil(events / 20));
  let from = 0;
  for (const { share, config, again } of MIX) {
    const all = submissions(SEED, from, count * share);
    await happen(config({ databaseUrl }), all);
    if (again)
      await happen(
        config({ databaseUrl }),
        all.map((one) => ({ ...one, id: `${one.id} again` })),
      );
    from += all.length;
  }
  const written = await eventsIn(databaseUrl);
  const copies = Math.max(1, Math.round(events / written));
  // Open tasks are no history: what they cost is another measure.
  await multiply({ databaseUrl, copies, except, leastRows: count / 50, say });
  const seconds = (performance.now() - begun) / 1_000;
  say(`${whole(written * copies)} events of history made in ${seconds.toFixed(0)} s`);
}

/** Lets an engine deal with these submissions, to the end. */
async function happen(config: MillraceConfig, all: readonly Submission[]): Promise<void> {
  const engine = await openEngine(config);
  try {
    await offerAll(engine, all);
    await engine.idle();
  } finally {
    await engine.stop();
  }
}

async function eventsIn(databaseUrl: string): Promise<number> {
  const engine = await openEngine({ databaseUrl, pack: false }, { roles: [] });
  try {
    const [row] = await engine.db.query<{ count: number }>("select count(*)::int as count from events");
    return row?.count ?? 0;
  } finally {
    await engine.stop();
  }
}

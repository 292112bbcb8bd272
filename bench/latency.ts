/** Open loop: one submission each 20 ms; from the moment it was due to the commit of its score and of its last effect. */
import { setTimeout as sleep } from "node:timers/promises";
import type { EngineHandle } from "../packages/millrace/src/engine/engine-handle.ts";
import { openEngine } from "../packages/millrace/src/engine/open-engine.ts";
import { checkCounts } from "./correctness.ts";
import { quantilesInMs } from "./figures.ts";
import { type Submission, submitted, workloadConfig } from "./form-cascade.ts";
import { type Quantiles, quantilesOf } from "./measure.ts";
import type { Piece } from "./piece.ts";
import { submissions } from "./workload/gen.mjs";

export const EVERY_MS = 20;
const SEED = 77;

export interface LatencyResult {
  readonly scored: Quantiles;
  readonly done: Quantiles;
}

export const latencyPiece: Piece = {
  name: "latency",
  about: "one submission each 20 ms; from when it was due to the commit of its score and of its last effect",
  takes: "1 min",
  run: async ({ server, settings, say }) => {
    const databaseUrl = await (await server()).freshDatabase("latency");
    const all = submissions(SEED, 0, perSeconds(settings.seconds));
    say(`one submission each ${EVERY_MS} ms for ${settings.seconds} s`);
    const engine = await openEngine(workloadConfig({ databaseUrl }));
    const found = await latencyOf(engine, all).finally(() => engine.stop());
    return {
      lines: [
        ["50/s: scored, ms p50 / p95 / p99 / max", quantilesInMs(found.scored)],
        ["50/s: last effect, ms p50 / p95 / p99 / max", quantilesInMs(found.done)],
      ],
      figures: { count: all.length, ...found },
      wrong: await checkCounts(databaseUrl, all),
    };
  },
};

/** How many submissions fill so many seconds. */
export function perSeconds(seconds: number): number {
  return Math.floor((seconds * 1_000) / EVERY_MS);
}

/** Resolves when the last effect of the last one is committed. */
export async function latencyOf(engine: EngineHandle, all: readonly Submission[]): Promise<LatencyResult> {
  const dueAt = new Map<string, number>();
  const scored: number[] = [];
  const done = new Map<string, number>();
  const idByEmail = new Map(all.map((submission) => [submission.email, submission.id]));
  const idByContact = new Map<string, string>();
  // A subscriber sees an event when it is committed; it takes no part in the work.
  const subscription = await engine.subscribe({
    // A place of its own each time: an old one would first read what came since.
    name: `bench_${all[0]?.id}`,
    from: "now",
    take: async (events) => {
      const now = performance.now();
      for (const event of events) {
        if (event.contact === null) continue;
        if (event.type === "form_submitted") {
          const { email } = (event.data as { fields: { email: string } }).fields;
          idByContact.set(event.contact, idByEmail.get(email) ?? "");
        }
        const due = dueAt.get(idByContact.get(event.contact) ?? "");
        if (due === undefined) continue;
        if (event.type === "contact_scored") scored.push(now - due);
        done.set(event.contact, now - due);
      }
    },
  });
  const start = performance.now();
  const offers: Promise<unknown>[] = [];
  for (const [i, submission] of all.entries()) {
    const due = start + i * EVERY_MS;
    const waitMs = due - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    dueAt.set(submission.id, due);
    offers.push(engine.append([submitted(submission)]));
  }
  await Promise.all(offers);
  await engine.idle();
  await sleep(200);
  await subscription.stop();
  return { scored: quantilesOf(scored), done: quantilesOf([...done.values()]) };
}

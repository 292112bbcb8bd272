/** Open loop: one submission each 20 ms; from the moment it was due to the commit of its score and of its last effect. */
import { createEngine } from "../src/engine.ts";
import { checkCounts } from "./correctness.ts";
import { submitted, workloadConfig } from "./form-cascade.ts";
import { peakRssMb, type Quantiles, quantilesOf } from "./measure.ts";
import { submissions } from "./workload/gen.mjs";

const EVERY_MS = 20;

export interface LatencyResult {
  readonly count: number;
  readonly scored: Quantiles;
  readonly done: Quantiles;
  readonly nodePeakMb: number;
  readonly wrong: readonly string[];
}

export async function latency(databaseUrl: string, seconds: number, seed: number): Promise<LatencyResult> {
  const engine = await createEngine(workloadConfig({ databaseUrl }));
  try {
    const all = submissions(seed, 0, Math.floor((seconds * 1000) / EVERY_MS));
    const dueAt = new Map<string, number>();
    const scored: number[] = [];
    const done = new Map<string, number>();
    const emailById = new Map(all.map((submission) => [submission.email, submission.id]));
    const idByContact = new Map<string, string>();
    // A subscriber sees an event when it is committed; it takes no part in the work.
    await engine.subscribe({
      name: "bench",
      from: "now",
      take: async (events) => {
        const now = performance.now();
        for (const event of events) {
          if (event.contact === null) continue;
          if (event.type === "form_submitted") {
            idByContact.set(
              event.contact,
              emailById.get((event.data as { fields: { email: string } }).fields.email) ?? "",
            );
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
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      dueAt.set(submission.id, due);
      offers.push(engine.append([submitted(submission)]));
    }
    await Promise.all(offers);
    await engine.idle();
    await new Promise((resolve) => setTimeout(resolve, 200));
    return {
      count: all.length,
      scored: quantilesOf(scored),
      done: quantilesOf([...done.values()]),
      nodePeakMb: peakRssMb(),
      wrong: await checkCounts(engine.db, all),
    };
  } finally {
    await engine.stop();
  }
}

/** What an engine costs while nothing happens: processor time of the engine and of its database, as shares of one core. */
import { setTimeout as sleep } from "node:timers/promises";
import { EngineProcess } from "./engine-process.ts";
import { peakRssMb, startMeter } from "./measure.ts";
import type { Part, Piece } from "./piece.ts";
import { type BenchServer, startBenchServer } from "./server.ts";

/** Until everything that begins has begun. */
const SETTLE_MS = 5_000;

export const idlePiece: Piece = {
  name: "idle",
  about: "processor time of an engine and its database while nothing happens, as shares of one core",
  takes: "1 min",
  run: async ({ settings, say }) => {
    // One of its own: PostgreSQL looks after every database of a server once a minute, and the other pieces leave about a hundred.
    // Beside 60 of them it took 3.6 % of a core, alone 0.2 %.
    const server = await startBenchServer();
    say(`nothing for ${settings.seconds} s`);
    return idle(server, settings.seconds).finally(() => server.stop());
  },
};

async function idle({ freshDatabase, postmaster }: BenchServer, forSeconds: number): Promise<Part> {
  const engine = await EngineProcess.start({ databaseUrl: await freshDatabase("idle"), config: "default pack" });
  try {
    await sleep(SETTLE_MS);
    const meter = startMeter(postmaster, [engine.pid]);
    await sleep(forSeconds * 1_000);
    const { seconds, nodeCpuS, postgresCpuS } = meter();
    const [node, postgres] = [nodeCpuS / seconds, postgresCpuS / seconds];
    const memoryMb = peakRssMb(engine.pid);
    return {
      lines: [
        ["engine, PostgreSQL: share of one core", `${inPercent(node)}, ${inPercent(postgres)}`],
        ["engine's memory, MB", memoryMb.toFixed(0)],
      ],
      figures: { seconds, node, postgres, memoryMb },
      wrong: [],
    };
  } finally {
    await engine.stop();
  }
}

function inPercent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** What an engine costs while nothing happens: processor time of the engine and of its database, as shares of one core. */
import { setTimeout as sleep } from "node:timers/promises";
import { EngineProcess } from "./engine-process.ts";
import { peakRssMb, startMeter } from "./measure.ts";
import type { Piece } from "./piece.ts";

/** Until everything that begins has begun. */
const SETTLE_MS = 5_000;

export const idlePiece: Piece = {
  name: "idle",
  about: "processor time of an engine and its database while nothing happens, as shares of one core",
  takes: "1 min",
  run: async ({ server, settings, say }) => {
    const { freshDatabase, postmaster } = await server();
    const engine = await EngineProcess.start({ databaseUrl: await freshDatabase("idle"), config: "default pack" });
    try {
      await sleep(SETTLE_MS);
      say(`nothing for ${settings.seconds} s`);
      const meter = startMeter(postmaster, [engine.pid]);
      await sleep(settings.seconds * 1_000);
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
  },
};

function inPercent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** An engine that decides and does nothing by itself, for a command that asks it for one thing. */
import type { EngineHandle } from "../engine/engine-handle.ts";
import { openEngine } from "../engine/open-engine.ts";
import type { LoadedConfig } from "../load-config/load-config.ts";
import { openDatabase } from "./database.ts";

/** Opens the project's database, does the work, closes everything whatever comes. */
export async function withEngine<Result>(
  loaded: LoadedConfig,
  work: (engine: EngineHandle) => Promise<Result>,
): Promise<Result> {
  const open = await openDatabase(loaded);
  try {
    const engine = await openEngine({ ...loaded.config, databaseUrl: open.url }, { roles: [] });
    try {
      return await work(engine);
    } finally {
      await engine.stop();
    }
  } finally {
    await open.close();
  }
}

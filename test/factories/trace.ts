/** What a scenario left behind, in the words its expectation is written in. */
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";
import { type Trace, traceOf as traceOfLog } from "../../packages/millrace/src/testing/trace.ts";

export { count, type Trace } from "../../packages/millrace/src/testing/trace.ts";

export function traceOf(engine: EngineHandle): Promise<Trace> {
  return traceOfLog(engine.db);
}

/** What a scenario left behind, in the words its expectation is written in. */
import type { Engine } from "../../packages/millrace/src/engine.ts";
import { type Trace, traceOf as traceOfLog } from "../../packages/millrace/src/testing/trace.ts";

export { count, type Trace } from "../../packages/millrace/src/testing/trace.ts";

export function traceOf(engine: Engine): Promise<Trace> {
  return traceOfLog(engine.db);
}

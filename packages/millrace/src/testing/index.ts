/** The test kit's door: `import { checkScenario, testEngine } from "millrace/testing"`. */
export { ManualClock } from "../base/clock.ts";
export type { WorkContext } from "../tasks/handler.ts";
export { checkScenario, type Playable, play, type Scenario, type Step } from "./scenario.ts";
export { type TestEngine, testEngine } from "./test-engine.ts";
export type { Trace } from "./trace.ts";
export { workContext } from "./work-context.ts";

/** Work for the queue alone: each submission asks for one task, which an agent takes, does nothing for, and completes. */
import type { MillraceConfig } from "../packages/millrace/src/config/config.ts";
import { agent, on, task, workflow } from "../packages/millrace/src/index.ts";

export const QUEUE_WORK = "bench_work";

const tasks = {
  [QUEUE_WORK]: { about: "Be claimed and completed.", priority: "MEDIUM", dueIn: "1h", doneBy: "bench_worker" },
} as const;

const asking = workflow("queue_work", { about: "One task a submission." }, [
  on("form_submitted", task(QUEUE_WORK as "qualify_lead")),
]);

/** An engine that asks for the tasks; nobody in it does them. */
export function queueAskingConfig(config: MillraceConfig = {}): MillraceConfig {
  return { pack: false, tasks, workflows: [asking], ...config };
}

/**
 * The same with an agent that does them.
 * @param batchSize tasks a call takes. 1 is what an agent has that says nothing.
 * @param onTaken hears how many tasks each call was given.
 */
export function queueWorkConfig(
  config: MillraceConfig = {},
  batchSize = 1,
  onTaken: (count: number) => void = () => {},
): MillraceConfig {
  const worker = agent({
    name: "bench_worker",
    kinds: [QUEUE_WORK],
    batchSize,
    run: async (given) => {
      onTaken(given.length);
      return given.map(() => ({ outcome: "completed" as const }));
    },
  });
  return { ...queueAskingConfig(config), agents: [worker] };
}

/** What a further workflow on the same event costs: the drain with 1, 10 and 200 that all judge every submission. */
import {
  alt,
  branch,
  on,
  otherwise,
  stop,
  task,
  type Workflow,
  when,
  workflow,
} from "../packages/millrace/src/index.ts";
import { workloadConfig } from "./form-cascade.ts";
import { growth } from "./growth.ts";
import { LOAD_REPORTED, visit } from "./load-visit.ts";
import type { Piece } from "./piece.ts";

const COUNT = 1_000;
const SECONDS = 6;

export const growWorkflowsPiece: Piece = {
  name: "grow-workflows",
  about: "the cost of an event with 1, 10 and 200 workflows that all judge it",
  takes: "2 min",
  run: async ({ server, settings, say }) => {
    const { postmaster, freshDatabase } = await server();
    const part = await growth({
      what: "Workflows that judge each form",
      sizes: settings.workflows,
      sizeInWords: (size) => `${size}`,
      rounds: settings.rounds,
      reported: LOAD_REPORTED,
      say,
      visit: async (size, round) => {
        const databaseUrl = await freshDatabase(`workflows_${size}_${round}`);
        const workload = workloadConfig({ databaseUrl });
        const others = Array.from({ length: size - 1 }, (_, i) => bystander(i));
        const config = { ...workload, workflows: [...(workload.workflows ?? []), ...others] };
        const count = Math.min(COUNT, settings.count);
        const seconds = Math.min(SECONDS, settings.seconds);
        return visit({ databaseUrl, postmaster, count, seconds, round, config });
      },
    });
    return { ...part, wrong: part.wrong.map((line) => `grow-workflows, ${line}`) };
  },
};

/** Looks at every form and finds that it is another one's; that too is recorded. */
export function bystander(i: number): Workflow {
  const isMine = when<"form_submitted">(`is form ${i}`, ({ event }) => event.data.form === `form ${i}`);
  return workflow(`bystander_${i}`, { about: "Another form's workflow." }, [
    on("form_submitted", alt(branch("mine", isMine, task("handle_inquiry")), otherwise(stop("another form")))),
  ]);
}

/** One look at the whole engine. Counts stop at 10,001. */
import { z } from "zod";
import { RUNNER_SUBSCRIPTION } from "../decider/cursor.ts";
import { operation } from "../operations/operation.ts";
import { overview as readOverview } from "./rows/overview.ts";
import { overviewAnswer } from "./views.ts";

export const overview = operation({
  input: z.object({}),
  answer: overviewAnswer,
  run: async ({ db, work, clock, by }) => {
    const human = work.tasks.catalogue.all().filter((kind) => kind.isHuman);
    const now = clock.now();
    const kinds = human.map(({ kind }) => kind);
    return { ...(await readOverview(db, kinds, RUNNER_SUBSCRIPTION, now)), person: by.name, now };
  },
});

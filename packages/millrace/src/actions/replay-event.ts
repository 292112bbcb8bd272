/** Lets workflows decide an event once more, as it was then. A dry run unless told otherwise; then every gate holds: no e-mail twice. */
import { z } from "zod";
import { replayEvent as replay } from "../decider/replay.ts";
import { id, name } from "../operations/fields.ts";
import { engineOperation } from "../operations/operation.ts";
import { replayed } from "../queries/views.ts";

export const replayEvent = engineOperation({
  input: z.object({
    position: id.describe("The event's position."),
    workflow: name.optional().describe("Only this one; left out: every workflow that waits for such an event."),
    dryRun: z.boolean().default(true).describe("Only say what would follow."),
  }),
  answer: replayed,
  run: ({ deciding, by }, { position, workflow, dryRun }) => {
    const data = { event: position, ...(workflow === undefined ? {} : { workflow }) };
    const facts = [{ type: "event_replayed", data }] as const;
    return replay(deciding, { event: position, workflow, isDryRun: dryRun, asksNobody: true, facts, actor: by.id });
  },
});

/** Tries an event again that was set aside: the workflow decides it again, or the consumer takes it again. */
import { z } from "zod";
import { MillraceError, messageOf } from "../base/errors.ts";
import { findDeadLetter, noConsumer, retakeEvent, stillFails } from "../consumers/rebuild.ts";
import { replayEvent } from "../decider/replay.ts";
import { appendFacts } from "../events/facts.ts";
import { resolveDeadLetter } from "../events/subscription.ts";
import { commit } from "../operations/commit.ts";
import type { EngineContext } from "../operations/context.ts";
import { id } from "../operations/fields.ts";
import { engineOperation } from "../operations/operation.ts";
import { liftStops } from "../workflows/workflow-stops.ts";

const OF_WORKFLOW = "workflow:";
/** The runner's own dead letters: an event that could not be decided at all. */
const ALL_WORKFLOWS = "workflow:all";

export const retryDeadLetter = engineOperation({
  input: z.object({ id: id.describe("The dead row's number.") }),
  answer: z.object({ ok: z.literal(true) }),
  run: async (context, { id }) => {
    await retryOne(context, id);
    return { ok: true as const };
  },
});

/** @throws MillraceError not_found; invalid_workflow when it fails still (nothing was done). */
export async function retryOne(context: EngineContext, id: number): Promise<void> {
  const row = { id, ...(await findDeadLetter(context.db, id)) };
  if (row.subscription.startsWith(OF_WORKFLOW)) await decideAgain(context, row);
  else await takeAgain(context, row);
}

interface DeadLetterRow {
  readonly id: number;
  readonly subscription: string;
  readonly event: number;
}

async function decideAgain({ db, deciding, by, changed }: EngineContext, row: DeadLetterRow): Promise<void> {
  const workflow = row.subscription === ALL_WORKFLOWS ? undefined : row.subscription.slice(OF_WORKFLOW.length);
  const { errors } = await replayEvent(deciding, {
    event: row.event,
    workflow,
    facts: [retried(row)],
    actor: by.id,
  });
  if (errors.length > 0) throw stillFails(errors);
  // It was asked although it may be stopped, and has answered: it decides again.
  await liftStops(db, workflow);
  await changed("workflows");
  if (workflow === undefined) await resolveDeadLetter(db, row.subscription, row.event, "decided again");
}

async function takeAgain(context: EngineContext, row: DeadLetterRow): Promise<void> {
  const consumer = context.consumers.find((one) => one.name === row.subscription);
  if (consumer === undefined) throw noConsumer(row.subscription);
  try {
    await commit(context, async (tx) => {
      await retakeEvent(tx, consumer, row.event);
      await appendFacts(tx, [retried(row)], context.by.id, context.clock.now());
    });
  } catch (error) {
    throw error instanceof MillraceError ? error : stillFails([messageOf(error)]);
  }
}

function retried({ id, subscription, event }: DeadLetterRow) {
  return { type: "dead_letter_retried", data: { deadLetter: id, consumer: subscription, event } } as const;
}

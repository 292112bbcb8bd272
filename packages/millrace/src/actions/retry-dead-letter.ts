/** Tries an event again that was set aside: the workflow decides it again, or the consumer takes it again. */
import { z } from "zod";
import { MillraceError, messageOf } from "../base/errors.ts";
import { findDeadLetter, retakeEvent, stillFails } from "../consumers/rebuild.ts";
import { replayEvent } from "../decider/replay.ts";
import { appendFacts } from "../events/facts.ts";
import { resolveDeadLetter } from "../events/subscription.ts";
import { commit } from "../operations/commit.ts";
import type { EngineContext } from "../operations/context.ts";
import { id } from "../operations/fields.ts";
import { engineOperation } from "../operations/operation.ts";
import { liftStops } from "../workflows/workflow-stops.ts";

const OF_WORKFLOW = "workflow:";
const OF_SUBSCRIBER = "webhook:";
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

/**
 * @throws MillraceError not_found; unknown_workflow when its workflow is no more; invalid_workflow or delivery_failed when it fails
 * still (nothing was done).
 */
export async function retryOne(context: EngineContext, id: number): Promise<void> {
  const row = { id, ...(await findDeadLetter(context.db, id)) };
  const { subscription } = row;
  if (subscription.startsWith(OF_WORKFLOW)) await decideAgain(context, row);
  else if (subscription.startsWith(OF_SUBSCRIBER)) await sendAgain(context, row);
  else await takeAgain(context, row);
}

interface DeadLetterRow {
  readonly id: number;
  readonly subscription: string;
  readonly event: number;
}

async function decideAgain(context: EngineContext, row: DeadLetterRow): Promise<void> {
  const { db, deciding, by, changed, workflows } = context;
  const workflow = row.subscription === ALL_WORKFLOWS ? undefined : row.subscription.slice(OF_WORKFLOW.length);
  if (workflow !== undefined && !workflows.some(({ name }) => name === workflow))
    throw isNoMore(row, "unknown_workflow", { what: `workflow "${workflow}"`, where: "workflows/" });
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

async function sendAgain(context: EngineContext, row: DeadLetterRow): Promise<void> {
  const subscriber = context.subscribers.find((one) => one.name === row.subscription);
  const name = row.subscription.slice(OF_SUBSCRIBER.length);
  if (subscriber === undefined)
    throw isNoMore(row, "not_found", { what: `subscriber "${name}"`, where: "`subscribers` of the config" });
  await subscriber.sendAgain(row.event);
  await commit(context, async (tx) => {
    await resolveDeadLetter(tx, row.subscription, row.event, "sent again");
    await appendFacts(tx, [retried(row)], context.by.id, context.clock.now());
  });
}

async function takeAgain(context: EngineContext, row: DeadLetterRow): Promise<void> {
  const consumer = context.consumers.find((one) => one.name === row.subscription);
  if (consumer === undefined)
    throw isNoMore(row, "not_found", { what: `consumer "${row.subscription}"`, where: "`consumers` of the config" });
  try {
    await commit(context, async (tx) => {
      await retakeEvent(tx, consumer, row.event);
      await appendFacts(tx, [retried(row)], context.by.id, context.clock.now());
    });
  } catch (error) {
    throw error instanceof MillraceError ? error : stillFails([messageOf(error)]);
  }
}

/** What it was set aside for was taken out since. It waits, in case it comes back. */
function isNoMore(
  { id, event }: DeadLetterRow,
  code: "unknown_workflow" | "not_found",
  { what, where }: { readonly what: string; readonly where: string },
): MillraceError {
  return new MillraceError(code, {
    saw: `There is no ${what} any more that could take event ${event}. It is set aside still.`,
    next: `add it to ${where} again, or dismiss it: \`millrace dead-letters dismiss ${id}\`.`,
  });
}

function retried({ id, subscription, event }: DeadLetterRow) {
  return { type: "dead_letter_retried", data: { deadLetter: id, consumer: subscription, event } } as const;
}

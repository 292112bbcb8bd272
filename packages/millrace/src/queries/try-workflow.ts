/** What a workflow would do for one contact, by the latest event of it that the workflow waits for. Nothing is written. */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import { replayEvent } from "../decider/replay.ts";
import { contact as contactField, id, name } from "../operations/fields.ts";
import { engineOperation } from "../operations/operation.ts";
import { contactIdOf } from "./contact-id.ts";
import { findEvents } from "./rows/events.ts";
import { replayed } from "./views.ts";
import { workflowNamed } from "./workflow.ts";

export const tryWorkflow = engineOperation({
  input: z.object({
    name: name.describe("The workflow."),
    contact: contactField,
    event: id.optional().describe("The position of one of their events. Left out: the latest the workflow waits for."),
  }),
  answer: replayed,
  run: async ({ db, workflows, deciding }, { name, contact, event }) => {
    const workflow = workflowNamed(name, workflows);
    const who = await contactIdOf(db, contact);
    const types = [...new Set(workflow.triggers.map(({ type }) => type))];
    const found = await Promise.all(
      types.map(
        async (type) => (await findEvents(db, { contact: who, type, limit: event === undefined ? 1 : 10_000 })).events,
      ),
    );
    const latest = found.flat().filter(({ position }) => event === undefined || position === event);
    const [chosen] = latest.toSorted((a, b) => b.position - a.position);
    if (chosen === undefined) throw nothingToTry(name, contact, types);
    return replayEvent(deciding, { event: chosen.position, workflow: name, isDryRun: true });
  },
});

function nothingToTry(name: string, contact: string, types: readonly string[]): MillraceError {
  return new MillraceError("not_found", {
    saw: `${contact} has no such event that ${name} waits for. Nothing was tried.`,
    expected: types.join(" or "),
    next: "choose another contact, or see what happened: `millrace contacts show`.",
    field: "contact",
  });
}

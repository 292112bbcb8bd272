/** Which tasks are meant: the filter that lists, counts, cancels and retries share. */
import { z } from "zod";
import { contact, moment, name } from "../operations/fields.ts";
import type { TaskCatalogue } from "../tasks/catalogue.ts";
import { PRIORITIES } from "../tasks/task.ts";
import type { TaskFilter } from "./rows/tasks.ts";

/** The fields every such operation has, beside its `state`. */
export const taskFilterFields = {
  kind: name.optional().describe("Only tasks of this kind."),
  human: z.boolean({ error: "is not true or false" }).optional().describe("True: only those a person has to finish."),
  role: name.optional().describe("Only those of people with this role, e.g. sales."),
  priority: z.enum(PRIORITIES).optional(),
  contact: contact.optional().describe("Only of this contact: its id, or an e-mail address of it."),
  since: moment.optional().describe("Asked for at this moment or later. Milliseconds since 1970."),
  until: moment.optional().describe("Asked for before this moment. Milliseconds since 1970."),
};

export interface KindFilter {
  readonly kind?: string | undefined;
  readonly human?: boolean | undefined;
  readonly role?: string | undefined;
}

/**
 * The kinds a filter lets through; undefined: all, also those that have left the catalogue.
 * @throws MillraceError unknown_task_kind for a kind of no catalogue, with the nearest name.
 */
export function kindsOf(catalogue: TaskCatalogue, { kind, human, role }: KindFilter): TaskFilter["kinds"] {
  if (kind === undefined && human === undefined && role === undefined) return undefined;
  if (kind !== undefined) catalogue.get(kind);
  return catalogue
    .all()
    .filter((one) => kind === undefined || one.kind === kind)
    .filter((one) => human === undefined || one.isHuman === human)
    .filter((one) => role === undefined || one.doneBy === `person:${role}`)
    .map((one) => one.kind);
}
